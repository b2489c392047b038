/** What goes to and fro. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload } from "../payload.ts";

const ball = v.strictObject({ stroke: v.pipe(v.number(), v.safeInteger()) });

export const PlayPing = event("PlayPing", ball, "device");

export const PlayPong = event("PlayPong", ball, "device");

export const AbortRally = event("AbortRally", abortPayload, "device");
