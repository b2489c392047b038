/** What a signing session is about, and what each device brings to it. */
import type { ActionContext, Awaitable, Collected, PayloadOf, Verdict } from "../../dsl/index.ts";
import type { FrostPublic } from "../../runtime/crypto/frost.ts";
import type { CommitNonces, PinSigners, RetrySigning, ShareSignature } from "./events.ts";
import type { NonceVault } from "./nonce-vault.ts";

/** Public: every device has the same, for the session's id binds it. */
export interface SigningParams {
  /** What the signature is for, in a word: a policy reads the message accordingly. */
  readonly purpose: string;
  /** The bytes that are signed. */
  readonly message: Uint8Array;
  /** How many sign together; the threshold of `keyset`. */
  readonly threshold: number;
  /** Most attempts. Each that fails leaves out a signer at least. */
  readonly attempts: number;
  /** The key's public side, over Ed25519. */
  readonly keyset: FrostPublic;
  /** Device ids of those who have shares of the key, share 1 first. */
  readonly members: readonly string[];
}

/** What a device is shown before it signs. */
export interface Proposal {
  readonly purpose: string;
  readonly message: Uint8Array;
  readonly groupKey: Uint8Array;
  /** Who asks. */
  readonly coordinator: string;
}

/** Private: stays on its device. */
export interface SigningDevice {
  /** This device's share of the key, 32 bytes. */
  readonly keyShare: Uint8Array;
  /** One for as long as the process lives, whatever sessions come and go. */
  readonly nonces: NonceVault;
  /** Whether this device signs that. Asked again when it restarts in the midst of a session. */
  readonly approve: (proposal: Proposal) => Awaitable<Verdict>;
}

interface Cast extends Readonly<Record<string, string | readonly string[]>> {
  readonly coordinator: string;
}

/** What an action needs before anything has happened. */
export type Opening = ActionContext<SigningParams, SigningDevice>;

/** What an action that names the coordinator needs. */
export type Cased = ActionContext<SigningParams, SigningDevice, Cast>;

/** What an attempt begins with. */
export interface Attempting extends Opening {
  /** What the attempt before this one ended with; nothing in the first. */
  readonly Retry?: PayloadOf<typeof RetrySigning>;
}

export interface Committed extends Attempting {
  readonly Commit: Collected<PayloadOf<typeof CommitNonces>>;
}

/** What an action needs once the signers are pinned. */
export interface Pinned extends Attempting {
  readonly Attempt: PayloadOf<typeof PinSigners>;
}

export interface Shared extends Pinned {
  readonly Share: Collected<PayloadOf<typeof ShareSignature>> | undefined;
}

/** How an attempt ended: with the signature, or with those who did not do their part. */
export type Attempted = { readonly signature: Uint8Array } | { readonly failed: readonly string[] };
