/** The server keeps the account, and lets nobody spend what is not there. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { PayloadOf, Verdict } from "../../dsl/index.ts";
import type { PayBill, TellAccount } from "./events.ts";

export interface Server {
  readonly overdraft: number;
  /** The balance before the first turn, and after each. */
  readonly balances: number[];
}

interface Context {
  readonly device: Server;
  readonly turn: number;
}

interface Told {
  readonly Account: PayloadOf<typeof TellAccount>;
}

export function account({ device, turn }: Context): PayloadOf<typeof TellAccount> {
  return { balance: device.balances[turn] ?? 0, overdraft: device.overdraft };
}

export function covered({ amount }: PayloadOf<typeof PayBill>, { Account }: Told): Verdict {
  if (amount <= Account.balance + Account.overdraft) return accepted;
  return rejected("Overdrawn", "there is not so much on the account");
}

/** By the turn, and not to the end: a device that starts again books nothing twice. */
export function book({
  device,
  turn,
  Account,
  Pay,
}: Context & Told & { readonly Pay: PayloadOf<typeof PayBill> }): number {
  const balance = Account.balance - Pay.amount;
  device.balances[turn + 1] = balance;
  return balance;
}
