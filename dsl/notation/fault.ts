/**
 * Type level: everything that can be wrong with a session notation, as the sentence that says it.
 * `sessionFaults` has the same sentences by value; what only the value level finds is how long the
 * notation is, how deep it nests, and a label with letters beside A-Z, a-z, 0-9 and _.
 */
import type { Fault } from "./parse.ts";

export type Twice<L extends string> =
  Fault<`the session names the step '${L}' twice: a label stands for one step`>;
export type Empty = Fault<"the session has an empty step: write one label between two dots">;
export type Unreadable<W extends string> =
  Fault<`the session cannot read '${W}': write steps as 'A . B' and families as 'A*'`>;
export type Small<L extends string> =
  Fault<`the session's step '${L}' must start with a capital letter`>;

export type NoStep<W extends string> = Fault<`the session expects a step before '${W}'`>;
export type NoDot<W extends string> = Fault<`the session expects '.' before '${W}'`>;
export type Unclosed<Bracket extends string> = Fault<`the session does not close '${Bracket}'`>;
export type Unopened<Bracket extends string> =
  Fault<`the session closes '${Bracket}', which is not open: remove it`>;
export type StrayBar = Fault<"the session cannot use '|' here: write a choice as '{ A | B }'">;
export type StrayBars = Fault<"the session cannot use '||' here: write a parallel as '( A || B )'">;
export type OneBranch<L extends string> =
  Fault<`the session's choice of '${L}' has one branch: write two or more as '{ A | B }'`>;
export type OneBlock<L extends string> =
  Fault<`the session's parallel of '${L}' has one block: write two or more as '( A || B )'`>;
export type Recursion<W extends string> =
  Fault<`the session cannot read '${W}': write a recursion as 'rec Loop { A . Loop }'`>;
export type Unreached<L extends string> =
  Fault<`the session goes on after '${L}', where nothing can follow`>;

export type SameFirst<L extends string> =
  Fault<`the session has a choice with two branches that start with '${L}': start each with its own`>;
export type StartsAgain<L extends string> =
  Fault<`the session has a branch that starts with '${L}', a way back: start it with a step of the decider`>;
export type Shadowed<L extends string> =
  Fault<`the session names a recursion '${L}' inside the recursion '${L}': rename one`>;
export type Unguarded<L extends string> =
  Fault<`the session goes back to '${L}' before any step: put one between 'rec ${L} {' and '${L}'`>;
export type LoopAsStep<L extends string> =
  Fault<`the session names a step and a recursion '${L}': rename one`>;
export type OutOfParallel<L extends string> =
  Fault<`the session goes back to '${L}' out of a parallel: its blocks end on their own`>;
