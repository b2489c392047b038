/** What two captains say. Shots and answers are all those so far: nobody needs to keep them. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload, bytes } from "../../protocols/payload.ts";

const cells = v.pipe(
  v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  v.maxLength(1000),
);

export const CommitFleet = event(
  "CommitFleet",
  v.strictObject({ commitment: bytes(32) }),
  "device",
);

/** The newest shot is the last. */
export const Shoot = event("Shoot", v.strictObject({ cells }), "device");

/** A mark a shot: was it a hit? */
export const AnswerShot = event(
  "AnswerShot",
  v.strictObject({ hits: v.pipe(v.array(v.boolean()), v.maxLength(1000)) }),
  "device",
);

export const OpenFleet = event(
  "OpenFleet",
  v.strictObject({ fleet: cells, salt: bytes(32) }),
  "device",
);

export const AbortBattle = event("AbortBattle", abortPayload, "device");
