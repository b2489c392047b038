/** What two captains say. Shots and answers are all those so far: nobody needs to keep them. */
import { event } from "../../dsl/index.ts";
import { abortPayload, boolean, bytes, integer, list, record } from "../../runtime/schema.ts";

const cells = list(integer({ min: 0 }), { max: 1000 });

export interface CommitFleet {
  readonly commitment: Uint8Array;
}

export const CommitFleet = event(
  "CommitFleet",
  record<CommitFleet>({ commitment: bytes(32) }),
  "device",
);

/** The newest shot is the last. */
export interface Shoot {
  readonly cells: readonly number[];
}

export const Shoot = event("Shoot", record<Shoot>({ cells }), "device");

/** A mark a shot: was it a hit? */
export interface AnswerShot {
  readonly hits: readonly boolean[];
}

export const AnswerShot = event(
  "AnswerShot",
  record<AnswerShot>({ hits: list(boolean(), { max: 1000 }) }),
  "device",
);

export interface OpenFleet {
  readonly fleet: readonly number[];
  readonly salt: Uint8Array;
}

export const OpenFleet = event(
  "OpenFleet",
  record<OpenFleet>({ fleet: cells, salt: bytes(32) }),
  "device",
);

export const AbortBattle = event("AbortBattle", abortPayload, "device");
