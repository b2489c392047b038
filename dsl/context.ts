/** Draws `length` random bytes. */
export type RandomBytes = (length: number) => Uint8Array;

/** A value now or later: actions may be asynchronous. */
export type Awaitable<T> = T | Promise<T>;

/** What an action is given that every device computes the same from. */
export interface CommonContext<
  Params,
  Cast = Readonly<Record<string, string | readonly string[]>>,
> {
  /** The session's public parameters, the same on every device. */
  readonly params: Params;
  /** The session's id, hex. */
  readonly session: string;
  /** Who plays what. */
  readonly cast: Cast;
  /** Which turn of the innermost recursion this is, from 0; 0 outside of recursions. */
  readonly turn: number;
}

/**
 * What an action of a role is given, beside the facts that the role knows at that step (each under
 * its label). Names here are lower-case and labels start with a capital letter, so the two cannot
 * meet.
 */
export interface ActionContext<
  Params,
  Device,
  Cast = Readonly<Record<string, string | readonly string[]>>,
> extends CommonContext<Params, Cast> {
  /** What this device keeps to itself: key shares, secret keys. Never written to the ledger. */
  readonly device: Device;
  /** This device's id. */
  readonly self: string;
  /**
   * Randomness of this session on this device, secret and reproducible: the same `purpose` and
   * `bound` bytes give the same stream again, after a restart too. A value that must never be
   * used with two different inputs (a nonce) is bound to its input by passing it in `bound`.
   */
  readonly entropy: (purpose: string, ...bound: readonly Uint8Array[]) => RandomBytes;
}
