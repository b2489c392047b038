/** What the devices say to commit a transaction. */
import { event } from "../../dsl/index.ts";
import { abortPayload, boolean, deviceId, list, record, text } from "../../runtime/schema.ts";

const transaction = text({ max: 64 });

export interface Prepare {
  readonly transaction: string;
}

export const Prepare = event("Prepare", record<Prepare>({ transaction }), "device");

/** Whoever votes "yes" can commit, whatever happens to it meanwhile. */
export interface CastVote {
  readonly yes: boolean;
}

export const CastVote = event("CastVote", record<CastVote>({ yes: boolean() }), "device");

export interface CommitAll {
  readonly committed: string;
}

export const CommitAll = event(
  "CommitAll",
  record<CommitAll>({ committed: transaction }),
  "device",
);

/** `without` names those that did not vote "yes". */
export interface RollBackAll {
  readonly transaction: string;
  readonly without: readonly string[];
}

export const RollBackAll = event(
  "RollBackAll",
  record<RollBackAll>({ transaction, without: list(deviceId) }),
  "device",
);

export const AbortTransaction = event("AbortTransaction", abortPayload, "device");
