/** Steps that may be missing, steps of families for families, looks, and results. */
import { expectError, expectType } from "tsd";
import { choreography, epochs, everyone, many, one, type } from "../../dsl/index.ts";
import type { Collected, View } from "../../dsl/index.ts";
import { Abort, Ask, Reply } from "./events.ts";
import type { Answer, Question, SurveyParams } from "./events.ts";

const within = epochs(1);
const head = {
  roles: { p: one, q: one, f: many, g: many },
  params: type<SurveyParams>(),
  abort: Abort,
} as const;
const ask = { event: Ask, payload: () => ({ text: "" }), within } as const;
const reply = { event: Reply, payload: () => ({ votes: 1 }), within } as const;

// The session says `?`, and the step says so, too.
const maybe = choreography("maybe", { ...head, session: "A? . B*? . C" });
const late = { onTimeout: "absent" } as const;
expectError(maybe.broadcast("A", { ...ask, by: "p" }));
expectError(maybe.local("A", { at: "p", action: () => 1 }));
const asked = maybe.send("A", { ...ask, by: "p", to: "q", ...late });
expectError(asked.collect("B", { ...reply, by: "f", atLeast: 1 }));
const replied = asked.collect("B", { ...reply, by: "f", atLeast: "all", ...late });
expectError(replied.broadcast("C", { ...ask, by: "p", ...late }));
replied.local("C", {
  at: "q",
  action: ({ A, B }) => {
    expectType<View<Question> | undefined>(A);
    expectType<View<Collected<Answer>>>(B);
    return 1;
  },
});
// What may be missing is nobody's result, and nothing to decide by for all.
const all = choreography("all", { ...head, session: "A? . { Yes | No }" }).broadcast("A", {
  ...ask,
  by: "p",
  ...late,
});
expectError(
  choreography("one", { ...head, session: "A?" })
    .broadcast("A", { ...ask, by: "p", ...late })
    .returns("A"),
);
expectError(
  all.choice("Yes | No", {
    by: everyone,
    decide: ({ A }) => (A === undefined ? "No" : "Yes"),
    branches: {
      Yes: (b) => b.broadcast("Yes", { ...ask, by: "p" }),
      No: (b) => b.broadcast("No", { ...ask, by: "p" }),
    },
  }),
);

// Something of its own for each member: it is told whom it is for; only the receivers know it.
const each = choreography("each", { ...head, session: "Deal . Swap* . Last" });
const dealt = each.send("Deal", {
  ...ask,
  by: "p",
  to: "f",
  sealed: true,
  payload: ({ to }) => ({ text: expectType<string>(to) ?? "" }),
});
const swap = { ...reply, by: "f", to: "f", atLeast: 1 } as const;
const swapped = dealt.distribute("Swap", {
  ...swap,
  payload: ({ to, Deal }) => {
    expectType<View<Question>>(Deal);
    return { votes: to.length };
  },
});
swapped.local("Last", {
  at: "f",
  action: ({ Swap }) => [expectType<View<Collected<Answer>>>(Swap)],
});
expectError(swapped.local("Last", { at: "p", action: ({ Swap }) => Swap }));
expectError(swapped.local("Last", { at: "q", action: ({ Deal }) => Deal }));
expectError(dealt.distribute("Swap", { ...swap, to: "p" }));
expectError(dealt.distribute("Swap", { ...swap, by: "p" }));
expectError(dealt.distribute("Swap", { ...swap, atLeast: "topic" }));
expectError(dealt.send("Swap", { ...reply, by: "p", to: "f" }));
expectError(each.distribute("Deal", swap));
expectError(swapped.broadcast("Last", { ...ask, by: "q" }).returns("Deal"));

// A look is for an event before it, also one around its branch; nobody waits for it.
const looks = choreography("looks", { ...head, session: "A . N* . Think . { B . L | D } . M . O" })
  .broadcast("A", { ...ask, by: "p" })
  .collect("N", { ...reply, by: "f", atLeast: 2 })
  .local("Think", { at: "p", action: () => 1 });
const looked = looks.choice("B | D", {
  by: "p",
  decide: () => "B",
  branches: {
    B: (b) => b.broadcast("B", { ...ask, by: "p" }).check("L", { at: "q", of: "N" }),
    D: (b) => b.broadcast("D", { ...ask, by: "p" }),
  },
});
const once = looked.check("M", { at: "q", of: "A" });
once.local("O", {
  at: "q",
  action: ({ L, M }) => {
    expectType<View<Collected<Answer>> | undefined>(L);
    expectType<View<Question> | undefined>(M);
    return 1;
  },
});
// A computation gives what it made.
expectError(once.local("O", { at: "q", action: () => undefined }));
expectError(once.local("O", { at: "q", action: () => {} }));
expectError(looked.check("M", { at: "q", of: "Think" }));
expectError(looked.check("M", { at: "q", of: "O" }));
expectError(looked.check("M", { at: "guest", of: "A" }));
expectError(once.local("O", { at: "p", action: ({ M }) => M }));

// Results: none, or one that everyone knows and agrees on.
const told = choreography("told", { ...head, session: "A . B" })
  .broadcast("A", { ...ask, by: "p" })
  .send("B", { ...ask, by: "p", to: "q" });
told.returns("nothing");
told.returns("A");
expectError(told.returns("B"));
expectError(told.returns("Nothing"));
expectError(looks.returns("A"));
