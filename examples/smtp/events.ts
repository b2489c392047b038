/** The commands of a mail client (RFC 5321, §4.1.1; RFC 3207) and a server's reply (§4.2). */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../payload.ts";

export const Reply = event(
  "Reply",
  v.strictObject({ code: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)) }),
  "device",
);

export const Ehlo = event("Ehlo", v.strictObject({ domain: v.string() }), "device");

/** The reply to `EHLO`: what the server can do. */
export const Features = event("Features", v.strictObject({ startTls: v.boolean() }), "device");

export const StartTls = event("StartTls", nothing, "device");

/** `id` is the `ENVID` of RFC 3461. */
export const Mail = event("Mail", v.strictObject({ from: v.string(), id: v.string() }), "device");

export const Rcpt = event("Rcpt", v.strictObject({ to: v.string() }), "device");

export const Data = event("Data", nothing, "device");

export const Message = event("Message", v.strictObject({ text: v.string() }), "device");

export const Quit = event("Quit", nothing, "device");

export const AbortMail = event("AbortMail", abortPayload, "device");
