/** Events and functions of the wrong programs. */
import { choreography, epochs, event, many, one, type } from "../../dsl/index.ts";
import type { AbortPayload, PayloadSchema } from "../../dsl/index.ts";

declare function schema<T>(): PayloadSchema<T>;

const Said = event("Said", schema<{ readonly text: string }>(), "device");
const Counted = event("Counted", schema<{ readonly count: number }>(), "device");
const abort = event("Abort", schema<AbortPayload>(), "device");
const within = epochs(5);

export const said = { event: Said, payload: () => ({ text: "" }), within } as const;
export const counted = { event: Counted, payload: () => ({ count: 1 }), within } as const;

/** A head without its session: `buyer`, `seller` and `bank` are one device each, `witness` many. */
export const head = {
  roles: { buyer: one, seller: one, bank: one, witness: many },
  params: type<{ readonly rounds: number; readonly topic: string }>(),
  abort,
} as const;

/** A choreography to call. */
export const audit = choreography("audit", {
  roles: { auditor: one, checked: many },
  session: "Ask . Report*",
  params: type<{ readonly year: number }>(),
  abort,
})
  .broadcast("Ask", { by: "auditor", ...said })
  .collect("Report", { by: "checked", ...counted, atLeast: "all" })
  .returns("Report");
