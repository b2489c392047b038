/**
 * Everything that can be wrong with a session notation, as the sentence that says it. The type level
 * has the same sentences in `notation/fault.ts`.
 */
import { ProtocolError } from "../errors.ts";

export const sessionFaults = {
  // One label.
  twice: (label: string) =>
    `the session names the step '${label}' twice: a label stands for one step`,
  empty: () => "the session has an empty step: write one label between two dots",
  unreadable: (label: string) =>
    `the session cannot read '${label}': write steps as 'A . B' and families as 'A*'`,
  small: (label: string) => `the session's step '${label}' must start with a capital letter`,

  // The order of items and brackets.
  noStep: (before: string) => `the session expects a step before '${before}'`,
  noDot: (before: string) => `the session expects '.' before '${before}'`,
  unclosed: (bracket: string) => `the session does not close '${bracket}'`,
  unopened: (bracket: string) => `the session closes '${bracket}', which is not open: remove it`,
  strayBar: () => "the session cannot use '|' here: write a choice as '{ A | B }'",
  strayBars: () => "the session cannot use '||' here: write a parallel as '( A || B )'",
  oneBranch: (label: string) =>
    `the session's choice of '${label}' has one branch: write two or more as '{ A | B }'`,
  oneBlock: (label: string) =>
    `the session's parallel of '${label}' has one block: write two or more as '( A || B )'`,
  recursion: (text: string) =>
    `the session cannot read '${text}': write a recursion as 'rec Loop { A . Loop }'`,
  unreached: (after: string) => `the session goes on after '${after}', where nothing can follow`,

  // Labels that do not go together.
  sameFirst: (label: string) =>
    `the session has a choice with two branches that start with '${label}': start each with its own`,
  startsAgain: (label: string) =>
    `the session has a branch that starts with '${label}', a way back: start it with a step of the decider`,
  shadowed: (label: string) =>
    `the session names a recursion '${label}' inside the recursion '${label}': rename one`,
  unguarded: (label: string) =>
    `the session goes back to '${label}' before any step: put one between 'rec ${label} {' and '${label}'`,
  loopAsStep: (label: string) => `the session names a step and a recursion '${label}': rename one`,
  outOfParallel: (label: string) =>
    `the session goes back to '${label}' out of a parallel: its blocks end on their own`,

  // Its size.
  long: (length: number, most: number) =>
    `the session is ${length} characters long; ${most} at most`,
  deep: (most: number) => `the session nests brackets deeper than ${most}`,
};

/** The error of a notation that is wrong as `what` says. */
export function malformed(what: string): ProtocolError {
  return new ProtocolError({
    code: "InvalidDeclaration",
    what,
    todo: "Correct the session notation at the head of the choreography",
  });
}
