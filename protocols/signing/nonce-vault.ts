/**
 * The nonces of this device. One that signs under two lists of commitments, or two messages, gives
 * the key share away (RFC 9591, section 7.3), and the ledger cannot prevent it: a device that lost
 * its copy of the ledger would be asked again. So nonces are not of the session's reproducible
 * randomness. They are drawn anew, live in memory alone, and die with the process; and before a share
 * leaves, a mark that cannot be taken back says that its nonces are burnt.
 */
import type { Awaitable, RandomBytes } from "../../dsl/index.ts";
import { frostCommit } from "../../runtime/crypto/frost.ts";
import type { FrostSecret } from "../../runtime/crypto/frost.ts";
import { equalBytes, toHex } from "../../runtime/crypto/hash.ts";

/** Marks that outlive the process. */
export interface BurnMarks {
  /**
   * Sets a mark, durably before it answers.
   *
   * @returns `false` where it was set before, by whatever process
   */
  readonly burn: (mark: string) => Awaitable<boolean>;
}

export interface NonceVaultOptions {
  readonly marks: BurnMarks;
  /** Fresh randomness: never a stream that can be made again. */
  readonly random: RandomBytes;
}

/** Nonces that are not burnt, and the commitment that was shown for them. */
interface Held {
  readonly nonces: Uint8Array;
  readonly commitment: Uint8Array;
}

export class NonceVault {
  readonly #options: NonceVaultOptions;
  readonly #held = new Map<string, Held>();

  constructor(options: NonceVaultOptions) {
    this.#options = options;
  }

  /**
   * A commitment to nonces for a place: an attempt of a session. Asked again in the same process
   * before the nonces are spent, the same.
   */
  commit(place: string, secret: FrostSecret): Uint8Array {
    const held = this.#held.get(place) ?? frostCommit(secret, this.#options.random);
    this.#held.set(place, held);
    return held.commitment;
  }

  /**
   * The nonces of a place, once: they are out of memory, and marked as burnt, before this answers.
   *
   * @param commitment what they are to be used under; under another one they are burnt unused
   * @returns `undefined` where they are not held: drawn by a process that is gone, or spent
   */
  async spend(place: string, commitment: Uint8Array): Promise<Uint8Array | undefined> {
    const held = this.#held.get(place);
    // Before anything is awaited: of two who ask at once, one gets them.
    this.#held.delete(place);
    if (held === undefined) return undefined;
    const isTheirs = equalBytes(held.commitment, commitment);
    if (isTheirs && (await this.#options.marks.burn(toHex(commitment)))) return held.nonces;
    held.nonces.fill(0);
    return undefined;
  }

  /** Lets go of the nonces of a place: they will not be used. */
  discard(place: string): void {
    this.#held.get(place)?.nonces.fill(0);
    this.#held.delete(place);
  }
}

/** Marks that do not outlive the process: for tests, and for devices without a disk. */
export function memoryMarks(): BurnMarks {
  const burnt = new Set<string>();
  return Object.freeze({
    burn: (mark: string) => {
      const isNew = !burnt.has(mark);
      burnt.add(mark);
      return isNew;
    },
  });
}
