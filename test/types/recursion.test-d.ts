/** Recursions, blocks side by side, and sessions that are given up. */
import { expectError, expectType } from "tsd";
import { choreography, epochs, many, one, type } from "../../dsl/index.ts";
import type { Agreed } from "../../dsl/index.ts";
import { Abort, Ask } from "./events.ts";
import type { Question, SurveyParams } from "./events.ts";

const within = epochs(1);
const head = {
  roles: { p: one, q: one, f: many },
  params: type<SurveyParams>(),
  abort: Abort,
} as const;
const all = { event: Ask, payload: () => ({ text: "" }), within, by: "p" } as const;

const loop = choreography("loop", { ...head, session: "rec Loop { A . { B . Loop | C } } . D" });
const looped = loop.rec("Loop", { atMost: "quorum" }, (b) =>
  b
    .broadcast("A", {
      ...all,
      payload: ({ turn }) => {
        expectType<number>(turn);
        return { text: "" };
      },
    })
    .choice("B | C", {
      by: "p",
      decide: ({ A }) => (A.text === "" ? "B" : "C"),
      branches: {
        B: (c) => c.broadcast("B", all).again("Loop"),
        C: (c) => c.broadcast("C", all),
      },
    }),
);

// The last turn's facts are known afterwards; those of a turn that went back are not.
const done = looped.broadcast("D", {
  ...all,
  payload: ({ A, C }) => {
    expectType<Agreed<Question>>(A);
    expectType<Agreed<Question>>(C);
    return A;
  },
});
done.returns("C");
expectError(done.returns("B"));
expectError(looped.returns("A"));

// The bound is a number or a numeric parameter; the name is the session's; `again` is in it.
loop.rec("Loop", { atMost: 3 }, (b) => b.broadcast("A", all) as never);
expectError(loop.rec("Loop", { atMost: "topic" }, (b) => b));
expectError(loop.rec("Other", { atMost: 3 }, (b) => b));
expectError(loop.rec("Loop", { atMost: 3 }, (b) => b.broadcast("A", all)));
expectError(loop.again("Loop"));
expectError(loop.broadcast("A", all));
const endless = choreography("endless", { ...head, session: "rec Loop { A . Loop }" });
endless.rec("Loop", { atMost: 2 }, (b) => b.broadcast("A", all).again("Loop")).returns("nothing");
expectError(endless.rec("Loop", { atMost: 2 }, (b) => b.broadcast("A", all).again("Turn")));
expectError(endless.rec("Loop", { atMost: 2 }, (b) => b.again("Loop")));
expectError(
  endless.rec("Loop", { atMost: 2 }, (b) => b.broadcast("A", all).again("Loop").again("Loop")),
);
expectError(choreography("loop", { ...head, session: "rec Loop { Loop }" }));
expectError(choreography("loop", { ...head, session: "rec Loop { A . Loop . B }" }));
// `again` of no recursion is a step like another by the notation, and is not one.
expectError(
  choreography("loop", { ...head, session: "A . Loop" })
    .broadcast("A", all)
    .again("Loop"),
);

// Blocks: all of what they make known is known, and they do not know it of each other.
const blocks = choreography("blocks", { ...head, session: "( A . B || C ) . D" });
const both = blocks.parallel("A || C", {
  A: (b) => b.broadcast("A", all).broadcast("B", all),
  C: (b) => b.broadcast("C", all),
});
both.broadcast("D", { ...all, payload: ({ A, C }) => ({ text: A.text + C.text }) }).returns("B");
expectError(
  blocks.parallel("A || C", {
    A: (b) => b.broadcast("A", all).broadcast("B", all),
    C: (b) => b.broadcast("C", { ...all, payload: ({ A }) => A }),
  }),
);
expectError(blocks.parallel("A || C", { A: (b) => b.broadcast("A", all).broadcast("B", all) }));
expectError(
  blocks.parallel("A || C", {
    A: (b) => b.broadcast("A", all),
    C: (b) => b.broadcast("C", all),
  }),
);
expectError(blocks.choice("A | C", { by: "p", decide: () => "A", branches: {} }));

// Giving up: one device does, with a reason; nothing follows.
const stop = choreography("stop", { ...head, session: "A . abort" }).broadcast("A", all);
stop.abort("abort", { by: "p", reason: "no", within }).returns("nothing");
expectError(stop.abort("abort", { by: "f", reason: "no", within }));
expectError(stop.abort("abort", { by: "p", within }));
expectError(stop.abort("Abort", { by: "p", reason: "no", within }));
expectError(stop.returns("A"));
expectError(stop.abort("abort", { by: "p", reason: "no", within }).broadcast("A", all));
