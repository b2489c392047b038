/** The commands of a mail client (RFC 5321, §4.1.1; RFC 3207) and a server's reply (§4.2). */
import { event } from "../../dsl/index.ts";
import { abortPayload, boolean, integer, nothing, record, text } from "../../runtime/schema.ts";

export interface Reply {
  readonly code: number;
}

export const Reply = event(
  "Reply",
  record<Reply>({ code: integer({ min: 200, max: 599 }) }),
  "device",
);

export interface Ehlo {
  readonly domain: string;
}

export const Ehlo = event("Ehlo", record<Ehlo>({ domain: text() }), "device");

/** The reply to `EHLO`: what the server can do. */
export interface Features {
  readonly startTls: boolean;
}

export const Features = event("Features", record<Features>({ startTls: boolean() }), "device");

export const StartTls = event("StartTls", nothing, "device");

/** `id` is the `ENVID` of RFC 3461. */
export interface Mail {
  readonly from: string;
  readonly id: string;
}

export const Mail = event("Mail", record<Mail>({ from: text(), id: text() }), "device");

export interface Rcpt {
  readonly to: string;
}

export const Rcpt = event("Rcpt", record<Rcpt>({ to: text() }), "device");

export const Data = event("Data", nothing, "device");

export interface Message {
  readonly text: string;
}

export const Message = event("Message", record<Message>({ text: text() }), "device");

export const Quit = event("Quit", nothing, "device");

export const AbortMail = event("AbortMail", abortPayload, "device");
