/** What two captains say. Shots and answers are all those so far: nobody needs to keep them. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload, bytes } from "../../protocols/payload.ts";

const cells = v.pipe(
  v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  v.maxLength(1000),
);

export interface CommitFleet {
  readonly commitment: Uint8Array;
}

export const CommitFleet: EventType<"CommitFleet", CommitFleet> = event(
  "CommitFleet",
  v.strictObject({ commitment: bytes(32) }),
  "device",
);

/** The newest shot is the last. */
export interface Shoot {
  readonly cells: readonly number[];
}

export const Shoot: EventType<"Shoot", Shoot> = event("Shoot", v.strictObject({ cells }), "device");

/** A mark a shot: was it a hit? */
export interface AnswerShot {
  readonly hits: readonly boolean[];
}

export const AnswerShot: EventType<"AnswerShot", AnswerShot> = event(
  "AnswerShot",
  v.strictObject({ hits: v.pipe(v.array(v.boolean()), v.maxLength(1000)) }),
  "device",
);

export interface OpenFleet {
  readonly fleet: readonly number[];
  readonly salt: Uint8Array;
}

export const OpenFleet: EventType<"OpenFleet", OpenFleet> = event(
  "OpenFleet",
  v.strictObject({ fleet: cells, salt: bytes(32) }),
  "device",
);

export const AbortBattle: EventType<"AbortBattle", AbortPayload> = event(
  "AbortBattle",
  abortPayload,
  "device",
);
