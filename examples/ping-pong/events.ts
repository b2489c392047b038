/** What goes to and fro. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload } from "../payload.ts";

const ball = v.strictObject({ stroke: v.pipe(v.number(), v.safeInteger()) });

export interface PlayPing {
  readonly stroke: number;
}

export const PlayPing: EventType<"PlayPing", PlayPing> = event("PlayPing", ball, "device");

export interface PlayPong {
  readonly stroke: number;
}

export const PlayPong: EventType<"PlayPong", PlayPong> = event("PlayPong", ball, "device");

export const AbortRally: EventType<"AbortRally", AbortPayload> = event(
  "AbortRally",
  abortPayload,
  "device",
);
