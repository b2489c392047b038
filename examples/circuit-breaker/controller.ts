/** The controller: it counts failures, and decides whether the circuit stays closed. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { AnswerCall, AskService, OpenCircuit, QuitCalls, ReportFault } from "./events.ts";

interface Called {
  readonly params: { readonly tolerated: number };
  readonly Ask: PayloadOf<typeof AskService>;
  readonly Answer: PayloadOf<typeof AnswerCall> | undefined;
  /** The last fault reported in an earlier turn. */
  readonly Fault?: PayloadOf<typeof ReportFault>;
}

export function forward({ Ask }: Pick<Called, "Ask">): PayloadOf<typeof AskService> {
  return Ask;
}

export function decideCircuit(context: Called): "Closed" | "Fault" | "Open" {
  if (context.Answer !== undefined) return "Closed";
  return fault(context).failures > context.params.tolerated ? "Open" : "Fault";
}

/** The answer is there: else the circuit would not be said to be closed. */
export function closed({ Answer }: Called): PayloadOf<typeof AnswerCall> {
  return Answer ?? { answer: "" };
}

export function fault({ Fault }: Pick<Called, "Fault" | "params">): PayloadOf<typeof ReportFault> {
  return { failures: (Fault?.failures ?? 0) + 1 };
}

export function open(context: Called): PayloadOf<typeof OpenCircuit> {
  return fault(context);
}

export function stop({
  Quit,
}: {
  readonly Quit: PayloadOf<typeof QuitCalls>;
}): PayloadOf<typeof QuitCalls> {
  return Quit;
}
