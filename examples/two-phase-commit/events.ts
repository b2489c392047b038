/** What the devices say to commit a transaction. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload, deviceId } from "../../protocols/payload.ts";

const transaction = v.pipe(v.string(), v.maxLength(64));

export interface Prepare {
  readonly transaction: string;
}

export const Prepare: EventType<"Prepare", Prepare> = event(
  "Prepare",
  v.strictObject({ transaction }),
  "device",
);

/** Whoever votes "yes" can commit, whatever happens to it meanwhile. */
export interface CastVote {
  readonly yes: boolean;
}

export const CastVote: EventType<"CastVote", CastVote> = event(
  "CastVote",
  v.strictObject({ yes: v.boolean() }),
  "device",
);

export interface CommitAll {
  readonly committed: string;
}

export const CommitAll: EventType<"CommitAll", CommitAll> = event(
  "CommitAll",
  v.strictObject({ committed: transaction }),
  "device",
);

/** `without` names those that did not vote "yes". */
export interface RollBackAll {
  readonly transaction: string;
  readonly without: readonly string[];
}

export const RollBackAll: EventType<"RollBackAll", RollBackAll> = event(
  "RollBackAll",
  v.strictObject({ transaction, without: v.array(deviceId) }),
  "device",
);

export const AbortTransaction: EventType<"AbortTransaction", AbortPayload> = event(
  "AbortTransaction",
  abortPayload,
  "device",
);
