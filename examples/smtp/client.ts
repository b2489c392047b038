/** The client has an outbox, and sends what is in it. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { PayloadOf, Verdict } from "../../dsl/index.ts";
import type * as events from "./events.ts";

export interface Letter {
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

export interface Client {
  readonly domain: string;
  readonly outbox: readonly Letter[];
}

interface Context {
  readonly device: Client;
  readonly turn: number;
}

export function hello({ device }: Context): PayloadOf<typeof events.Ehlo> {
  return { domain: device.domain };
}

/** One letter a turn; but first of all a secure line, where there can be one. */
export function next({
  device,
  turn,
  Features,
}: Context & { readonly Features: PayloadOf<typeof events.Features> }) {
  if (Features.startTls) return "StartTls";
  return turn < device.outbox.length ? "Mail" : "Quit";
}

/** To go on without would be to send the letters for all to read. */
export function isSecure({ code }: PayloadOf<typeof events.Reply>): Verdict {
  return code === 220 ? accepted : rejected("NoTls", "it offered TLS, and now has none");
}

export function mail({ device, turn }: Context): PayloadOf<typeof events.Mail> {
  const { id, from } = letter(device.outbox[turn]);
  return { id, from };
}

interface Begun extends Context {
  readonly Mail: PayloadOf<typeof events.Mail>;
}

/** One recipient a turn. */
export function rcptOrData(context: Begun) {
  return context.turn < begun(context).to.length ? "Rcpt" : "Data";
}

export function rcpt(context: Begun): PayloadOf<typeof events.Rcpt> {
  return { to: begun(context).to[context.turn] ?? "postmaster" };
}

export function message(context: Begun): PayloadOf<typeof events.Message> {
  return { text: begun(context).text };
}

function begun({ device, Mail }: Begun): Letter {
  return letter(device.outbox.find(({ id }) => id === Mail.id));
}

function letter(found: Letter | undefined): Letter {
  if (found === undefined) throw new TypeError("this letter is not in the outbox");
  return found;
}
