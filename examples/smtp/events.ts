/** The commands of a mail client (RFC 5321, §4.1.1; RFC 3207) and a server's reply (§4.2). */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType, NoPayload } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../payload.ts";

export interface Reply {
  readonly code: number;
}

export const Reply: EventType<"Reply", Reply> = event(
  "Reply",
  v.strictObject({ code: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)) }),
  "device",
);

export interface Ehlo {
  readonly domain: string;
}

export const Ehlo: EventType<"Ehlo", Ehlo> = event(
  "Ehlo",
  v.strictObject({ domain: v.string() }),
  "device",
);

/** The reply to `EHLO`: what the server can do. */
export interface Features {
  readonly startTls: boolean;
}

export const Features: EventType<"Features", Features> = event(
  "Features",
  v.strictObject({ startTls: v.boolean() }),
  "device",
);

export const StartTls: EventType<"StartTls", NoPayload> = event("StartTls", nothing, "device");

/** `id` is the `ENVID` of RFC 3461. */
export interface Mail {
  readonly from: string;
  readonly id: string;
}

export const Mail: EventType<"Mail", Mail> = event(
  "Mail",
  v.strictObject({ from: v.string(), id: v.string() }),
  "device",
);

export interface Rcpt {
  readonly to: string;
}

export const Rcpt: EventType<"Rcpt", Rcpt> = event(
  "Rcpt",
  v.strictObject({ to: v.string() }),
  "device",
);

export const Data: EventType<"Data", NoPayload> = event("Data", nothing, "device");

export interface Message {
  readonly text: string;
}

export const Message: EventType<"Message", Message> = event(
  "Message",
  v.strictObject({ text: v.string() }),
  "device",
);

export const Quit: EventType<"Quit", NoPayload> = event("Quit", nothing, "device");

export const AbortMail: EventType<"AbortMail", AbortPayload> = event(
  "AbortMail",
  abortPayload,
  "device",
);
