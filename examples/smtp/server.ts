/** The server has mailboxes, and takes letters for them. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { PayloadOf, Verdict } from "../../dsl/index.ts";
import type * as events from "./events.ts";

export interface Server {
  readonly mailboxes: readonly string[];
  readonly hasTls: boolean;
}

interface Context {
  readonly device: Server;
  readonly turn: number;
}

type Reply = PayloadOf<typeof events.Reply>;

export const ready = (): Reply => ({ code: 220 });
export const bye = (): Reply => ({ code: 221 });
export const ok = (): Reply => ({ code: 250 });
export const goOn = (): Reply => ({ code: 354 });

/** Whoever says hello again has a secure line already. */
export function features({ device, turn }: Context): PayloadOf<typeof events.Features> {
  return { startTls: device.hasTls && turn === 0 };
}

export function knownOrNot({
  device,
  Rcpt,
}: Context & { readonly Rcpt: PayloadOf<typeof events.Rcpt> }): Reply {
  return { code: device.mailboxes.includes(Rcpt.to) ? 250 : 550 };
}

/** RFC 5321, §4.5.3.1.6. */
export function hasShortLines({ text }: PayloadOf<typeof events.Message>): Verdict {
  if (text.split("\r\n").every((line) => line.length <= 998)) return accepted;
  return rejected("LineTooLong", "a line has more than 998 characters");
}
