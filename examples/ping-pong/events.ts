/** What goes to and fro. */
import { event } from "../../dsl/index.ts";
import { abortPayload, integer, record } from "../../runtime/schema.ts";

export interface PlayPing {
  readonly stroke: number;
}

export const PlayPing = event("PlayPing", record<PlayPing>({ stroke: integer() }), "device");

export interface PlayPong {
  readonly stroke: number;
}

export const PlayPong = event("PlayPong", record<PlayPong>({ stroke: integer() }), "device");

export const AbortRally = event("AbortRally", abortPayload, "device");
