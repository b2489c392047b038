/** What a DKD session is about, and what each device brings to it. */
import type { ActionContext, Collected, PayloadOf } from "../../dsl/index.ts";
import type { PublicPackage } from "../genesis/shared-key.ts";
import type { Member, MemberDevice } from "../member.ts";
import type { InitiateDkdSession, RecordDkdCommitment, RevealDkdPoint } from "./events.ts";

/** Public: every device has the same. */
export interface DkdParams {
  /** Hex id of the account. */
  readonly account: string;
  /** The application that the key is for, for example `mail`. */
  readonly application: string;
  /** What the application derives it for, for example an address. */
  readonly context: string;
  /** How many devices derive together; the threshold of `keyset`. */
  readonly threshold: number;
  /** The shared PRF key's public side. */
  readonly keyset: PublicPackage;
  /** The members of `keyset`, member 1 first. */
  readonly members: readonly Member[];
}

/** Private: stays on its device. */
export interface DkdDevice extends MemberDevice {
  /** This device's share of the PRF key, 32 bytes. */
  readonly keyShare: Uint8Array;
}

/** The derived key. It never reaches the ledger. */
export interface DerivedKey {
  /** Ed25519 secret key, 32 bytes. */
  readonly secretKey: Uint8Array;
  /** Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 16 bytes that two devices compare to know that they derived the same. */
  readonly checkValue: Uint8Array;
}

/** What an action needs before anything has happened. */
export type Opening = ActionContext<DkdParams, DkdDevice>;

/** What an action needs once the session is initiated. */
export interface Initiated extends Opening {
  readonly Initiate: PayloadOf<typeof InitiateDkdSession>;
}

/** What an action needs once a quorum has revealed. */
export interface Revealed extends Initiated {
  readonly Reveal: Collected<PayloadOf<typeof RevealDkdPoint>>;
}

/** What a check is told of an author that has committed. */
export interface Committed extends Initiated {
  readonly author: string;
  readonly earlier: (label: "Commit") => PayloadOf<typeof RecordDkdCommitment> | undefined;
}
