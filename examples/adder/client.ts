/** The client has one pair of numbers a turn, and checks the sums. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { PayloadOf, Verdict } from "../../dsl/index.ts";
import type { AddNumbers, TellSum } from "./events.ts";

export interface Client {
  readonly sums: readonly PayloadOf<typeof AddNumbers>[];
}

interface Context {
  readonly device: Client;
  readonly turn: number;
}

export function addOrBye({ device, turn }: Context) {
  return turn < device.sums.length ? "Add" : "Bye";
}

export function numbers({ device, turn }: Context): PayloadOf<typeof AddNumbers> {
  return device.sums[turn] ?? { a: 0, b: 0 };
}

export function addsUp(
  { sum }: PayloadOf<typeof TellSum>,
  { Add }: { readonly Add: PayloadOf<typeof AddNumbers> },
): Verdict {
  if (sum === Add.a + Add.b) return accepted;
  return rejected("WrongSum", "the sum is another");
}
