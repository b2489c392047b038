/** The session notation, as the compiler parses it: what is expected next, and what is wrong. */
import { expectError, expectType } from "tsd";
import { choreography, many, one, type } from "../../dsl/index.ts";
import type { ParseSession } from "../../dsl/index.ts";
import type { SessionFault, SessionRest } from "../../dsl/notation.ts";
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
