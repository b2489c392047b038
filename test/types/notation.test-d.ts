/** The session notation, as the compiler parses it. */
import { expectError, expectType } from "tsd";
import { choreography, many, one, type } from "../../dsl/index.ts";
import type { ParseSession } from "../../dsl/index.ts";
import type { Ended, Expect, SessionFault } from "../../dsl/notation.ts";
import { Abort } from "./events.ts";

declare function parsed<S extends string>(notation: S): ParseSession<S>;

expectType<Expect<"A", false, Ended>>(parsed("A"));
expectType<Expect<"A", false, Expect<"B", true, Ended>>>(parsed("A . B*"));
expectType<Expect<"A", false, Expect<"B", true, Ended>>>(parsed("A.B *"));
expectType<Expect<"A", false, Expect<"B", false, Ended>>>(parsed(" A\n . B\t"));
expectType<Expect<"A", false, Expect<"B", true, Expect<"C", false, Ended>>>>(parsed("A.B* . C"));
expectType<Expect<"A", false, Expect<"B", true, Expect<"C", false, Ended>>>>(
  parsed("A  .  B * .C"),
);

declare function fault<S extends string>(notation: S): SessionFault<S>;

expectType<never>(fault("A . B*"));
expectType<"the session has an empty step: write one label between two dots">(fault(""));
expectType<"the session has an empty step: write one label between two dots">(fault("A . . B"));
expectType<"the session has an empty step: write one label between two dots">(fault("A .  . B"));
expectType<"the session has an empty step: write one label between two dots">(fault("A . B ."));
expectType<"the session has an empty step: write one label between two dots">(fault("*"));
expectType<"the session names the step 'A' twice: a label stands for one step">(fault("A . B . A"));
expectType<"the session's step 'b' must start with a capital letter">(fault("A . b"));
expectType<"the session cannot read 'A B': write steps as 'A . B' and families as 'A*'">(
  fault("A B"),
);

const head = { roles: { a: one, b: many }, params: type<object>(), abort: Abort } as const;
choreography("notations", { ...head, session: "A . B*" });
expectError(choreography("notations", { ...head, session: "A . . B*" }));
expectError(choreography("notations", { ...head, session: "A | B" }));
expectError(choreography("notations", { ...head, session: "A . A" }));
