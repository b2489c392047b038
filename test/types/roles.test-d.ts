/** Roles: each step is written by a role of the right kind. */
import { expectError } from "tsd";
import { choreography, epochs, everyone, many, one, type } from "../../dsl/index.ts";
import { Abort, Ask, Reply, answered, asked, open } from "./events.ts";

const ask = { event: Ask, payload: () => ({ text: "" }), within: epochs(1) } as const;
const reply = {
  event: Reply,
  payload: () => ({ votes: 1 }),
  atLeast: 1,
  within: epochs(1),
} as const;

open.broadcast("Question", { ...ask, by: "asker" });
asked.collect("Answer", { ...reply, by: "answerer" });
answered.local("Total", { at: everyone, action: () => 1 });

// A family where one device is needed, and the reverse.
expectError(open.broadcast("Question", { ...ask, by: "answerer" }));
expectError(asked.collect("Answer", { ...reply, by: "asker" }));

// A role that is not declared.
expectError(open.broadcast("Question", { ...ask, by: "nobody" }));
expectError(asked.collect("Answer", { ...reply, by: "nobody" }));
expectError(answered.local("Total", { at: "nobody", action: () => 1 }));

// A role that is neither one nor many.
const head = { session: "A", params: type<object>(), abort: Abort } as const;
choreography("kinds", { ...head, roles: { a: one, b: many } });
expectError(choreography("kinds", { ...head, roles: { a: "one" } }));

// Names: camelCase, and not that of everyone.
choreography("names", { ...head, roles: { leadingRole: one } });
expectError(choreography("names", { ...head, roles: { Leader: one } }));
expectError(choreography("names", { ...head, roles: { everyone: many } }));
expectError(choreography("names", { ...head, roles: {} }));
