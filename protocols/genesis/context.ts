/** What a genesis session is about. */
import type { ActionContext, Collected, PayloadOf } from "../../dsl/index.ts";
import type { Member, MemberDevice } from "../member.ts";
import type { Received, Seat } from "./dkg.ts";
import type { CommitGenesis, DealGenesis } from "./events.ts";

export interface GenesisParams {
  /** What the key is for: each key set of an account is made by a session of its own. */
  readonly keyset: string;
  /** How many members together can use the key: 2 to all. */
  readonly threshold: number;
  /** The members, member 1 first. */
  readonly members: readonly Member[];
}

export type Opening = ActionContext<GenesisParams, MemberDevice>;

export interface Committed extends Opening {
  readonly Commit: Collected<PayloadOf<typeof CommitGenesis>>;
}

export interface Dealt extends Committed {
  readonly Deal: Collected<PayloadOf<typeof DealGenesis>>;
}

/** This device's seat in the key generation. */
export function seatOf({ self, params }: Opening): Seat {
  const members = params.members.map(({ device }) => device);
  return { self, threshold: params.threshold, members };
}

/** The packages that the members showed. */
export function packagesOf({ Commit }: Committed): readonly Received[] {
  return Commit.map(({ author, payload, hash }) => ({ author, hash, bytes: payload.package }));
}

/**
 * The stream that this device's polynomial comes from, the same in each round. Each session has its
 * own, so no polynomial is dealt twice.
 */
export function polynomialStream({ entropy }: Opening) {
  return entropy("polynomial");
}
