/** The session notation, as the compiler parses it: what is expected next, and what is wrong. */
import { expectError, expectType } from "tsd";
import { choreography, many, one, type } from "../../dsl/index.ts";
import type { ParseSession } from "../../dsl/index.ts";
import type { SessionFault, SessionRest } from "../../dsl/notation/notation.ts";
import { Abort } from "./events.ts";

/** Labels and forms in order; the parts of composite steps are read when the chain is in them. */
type Expected<Rest> = Rest extends SessionRest
  ? Rest["form"] extends "end"
    ? []
    : [`${Rest["label"]} ${Rest["form"]}`, ...Expected<Rest["next"]>]
  : never;

declare function parsed<S extends string>(notation: S): Expected<ParseSession<S>>;

expectType<["A step"]>(parsed("A"));
expectType<["A step", "B star"]>(parsed("A . B*"));
expectType<["A step", "B star"]>(parsed("A.B *"));
expectType<["A step", "B step"]>(parsed(" A\n . B\t"));
expectType<["A step", "B star", "C step"]>(parsed("A  →  B * .C"));
expectType<["A step?", "B star?", "C step"]>(parsed("A? . B*? . C"));
expectType<["A step", "B | D choice", "E step"]>(parsed("A . { B . C | D } . E"));
expectType<["A || C parallel"]>(parsed("( A . B || C )"));
expectType<["X rec", "B step"]>(parsed("rec X { A . X } . B"));
expectType<["A step", "abort abort"]>(parsed("A . abort"));
expectType<["A star", "B step", "C star?"]>(parsed("A{p ∈ f}(E) . B(E) . C*(E)?"));

declare function fault<S extends string>(notation: S): SessionFault<S>;

expectType<never>(fault("A . { B* | rec X { C . X } } . ( D || E? )"));
expectType<"the session has an empty step: write one label between two dots">(fault(""));
expectType<"the session has an empty step: write one label between two dots">(fault("A .  . B"));
expectType<"the session names the step 'A' twice: a label stands for one step">(fault("A . B . A"));
expectType<"the session's step 'b' must start with a capital letter">(fault("A . b"));
expectType<"the session expects '.' before 'B'">(fault("A B"));
expectType<"the session expects a step before '|'">(fault("{ | A }"));
expectType<"the session does not close '('">(fault("( A || B"));

const head = { roles: { a: one, b: many }, params: type<object>(), abort: Abort } as const;
choreography("notations", { ...head, session: "A . B*" });
choreography("notations", { ...head, session: "{ A | B }" });
expectError(choreography("notations", { ...head, session: "A . . B*" }));
expectError(choreography("notations", { ...head, session: "A | B" }));
expectError(choreography("notations", { ...head, session: "A . A" }));

// The long form names who writes which event.
const long = choreography("long", { ...head, session: "A{p ∈ b}(Abort)" });
const options = { event: Abort, payload: () => ({ reason: "", blamed: [] }), atLeast: 1 } as const;
declare const within: import("../../dsl/index.ts").Epochs;
long.collect("A", { ...options, by: "b", within });
const other = choreography("long", { ...head, session: "A{p ∈ a}(Abort)" });
expectError(other.collect("A", { ...options, by: "b", within }));
const unlike = choreography("long", { ...head, session: "A(Other)" });
expectError(unlike.broadcast("A", { ...options, by: "a", within }));

// The long form of single roles names who says what to whom, and who plays whom in what is called.
expectType<["A step", "B step", "C star", "D step?", "abort abort"]>(
  parsed("A{a} . B { a → b } (E) . C{all p ∈ b → b} . D{x: a, y : b}? . abort{a}"),
);
expectType<"the session expects '.' before '{'">(fault("A{a →}"));
expectType<"the session expects '.' before '{'">(fault("A{a}{a}"));
expectType<"the session expects '.' before '{'">(fault("A{x: a, x: b}"));
expectType<"the session expects '.' before '{'">(fault("A { B | C }"));
expectType<"the session goes on after 'abort', where nothing can follow">(fault("abort{a → b}"));

const trio = { ...head, roles: { a: one, b: one, c: one, f: many } } as const;
const say = { event: Abort, payload: () => ({ reason: "", blamed: [] }), within } as const;
const said = choreography("said", { ...trio, session: "A{a → b} . B{a} . C{b}" });
const sent = said.send("A", { ...say, by: "a", to: "b" });
const shouted = sent.broadcast("B", { ...say, by: "a" });
shouted.local("C", { at: "b", action: () => 1 });
shouted.wait("C", { at: "b", epochs: within });
shouted.check("C", { at: "b", of: "A" });
expectError(said.send("A", { ...say, by: "c", to: "b" }));
expectError(said.send("A", { ...say, by: "a", to: "c" }));
expectError(said.broadcast("A", { ...say, by: "a" }));
expectError(sent.broadcast("B", { ...say, by: "b" }));
expectError(shouted.local("C", { at: "a", action: () => 1 }));
expectError(shouted.wait("C", { at: "a", epochs: within }));
expectError(shouted.check("C", { at: "a", of: "A" }));

const dealt = choreography("dealt", { ...trio, session: "A{a → f} . B{p ∈ f → f}" });
const each = dealt.send("A", { ...say, by: "a", to: "f" });
each.distribute("B", { ...say, by: "f", to: "f", atLeast: "all" });
expectError(dealt.send("A", { ...say, by: "a", to: "b" }));
expectError(each.collect("B", { ...say, by: "f", atLeast: "all" }));

const ended = choreography("ended", { ...trio, session: "abort{a}" });
ended.abort("abort", { by: "a", reason: "", within });
expectError(ended.abort("abort", { by: "b", reason: "", within }));

// A branch is of the one who decides, and the session says so.
const chosen = choreography("chosen", { ...trio, session: "{ A{a → b} | B{a} }" });
chosen.choice("A | B", {
  by: "a",
  decide: () => "A",
  branches: {
    A: (chain) => chain.send("A", { ...say, by: "a", to: "b" }),
    B: (chain) => chain.broadcast("B", { ...say, by: "a" }),
  },
});
const nested = choreography("nested", { ...head, session: "A{a} . B{p ∈ b}" })
  .broadcast("A", { ...say, by: "a" })
  .collect("B", { ...say, by: "b", atLeast: "all" })
  .returns("nothing");
const calls = choreography("calls", { ...trio, session: "A{a: c, b: f}" });
const call = { choreography: nested, params: () => ({}) } as const;
calls.call("A", { ...call, roles: { a: "c", b: "f" } });
expectError(calls.call("A", { ...call, roles: { a: "b", b: "f" } }));
expectError(calls.broadcast("A", { ...say, by: "a" }));
