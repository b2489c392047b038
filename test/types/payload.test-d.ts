/** Payloads: what a role says is what its event carries. */
import { expectError } from "tsd";
import {
  accepted,
  choreography,
  epochs,
  event,
  many,
  one,
  rejected,
  type,
} from "../../dsl/index.ts";
import type { AbortPayload, PayloadSchema } from "../../dsl/index.ts";
import { Abort, Ask, Reply, asked, open } from "./events.ts";

const by = { by: "asker", event: Ask, within: epochs(1) } as const;
const of = { by: "answerer", event: Reply, atLeast: 1, within: epochs(1) } as const;

open.broadcast("Question", { ...by, payload: () => ({ text: "why" }) });
open.broadcast("Question", { ...by, payload: async () => ({ text: "why" }) });
asked.collect("Answer", { ...of, payload: () => ({ votes: 3 }) });

// The payload of another event, or none.
expectError(open.broadcast("Question", { ...by, payload: () => ({ votes: 1 }) }));
expectError(open.broadcast("Question", { ...by, payload: () => ({ text: 1 }) }));
expectError(asked.collect("Answer", { ...of, payload: () => ({ votes: "3" }) }));
expectError(asked.collect("Answer", { ...of }));

// A check is of this event's payload, and answers with a verdict.
const payload = () => ({ votes: 3 });
asked.collect("Answer", {
  ...of,
  payload,
  accept: ({ votes }) => (votes > 0 ? accepted : rejected("Low", "")),
});
expectError(asked.collect("Answer", { ...of, payload, accept: ({ text }) => accepted }));
expectError(asked.collect("Answer", { ...of, payload, accept: () => true }));

// A wait counts authors by a number, a numeric parameter or "all"; time is counted in epochs.
asked.collect("Answer", { ...of, payload, atLeast: "all" });
asked.collect("Answer", { ...of, payload, atLeast: "quorum" });
expectError(asked.collect("Answer", { ...of, payload, atLeast: "topic" }));
expectError(asked.collect("Answer", { ...of, payload, atLeast: "most" }));
expectError(asked.collect("Answer", { ...of, payload, within: 10 }));

// Every communication that is waited for says how long.
expectError(open.broadcast("Question", { by: "asker", event: Ask, payload: () => ({ text: "" }) }));
expectError(asked.collect("Answer", { by: "answerer", event: Reply, payload, atLeast: 1 }));

// An abort says why and whom it blames.
declare const text: PayloadSchema<string>;
declare const abort: PayloadSchema<AbortPayload>;
const head = { roles: { a: one, b: many }, session: "A", params: type<object>() } as const;
choreography("aborts", { ...head, abort: Abort });
choreography("aborts", { ...head, abort: event("Other", abort, "device") });
expectError(choreography("aborts", { ...head, abort: event("Other", text, "device") }));

// An option that there is none of is no option: a misspelt check would check nothing.
const acept = () => accepted;
expectError(asked.collect("Answer", { ...of, payload, acept }));
// Hidden in a spread, the compiler does not look at it: the chain refuses it when it runs, and the
// generator refuses spreads (test/dsl/build.test.ts, test/codegen/unreadable.ts).
