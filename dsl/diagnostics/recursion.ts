/** Rules about recursion. */
export const recursionDiagnostics = Object.freeze({
  AURA1401: {
    rule: "C17",
    title: "An again names a recursion that is around it.",
    explanation:
      "again goes back to the start of a recursion, so it stands inside one of that name. " +
      "Put it inside, or correct the name.",
    wrong: '.send("Ask", …).again("Loop")',
  },
  AURA1402: {
    rule: "C17",
    title: "A recursion takes a step before it goes again.",
    explanation:
      "A turn without a step would repeat itself for ever without any event. Put a step " +
      "between the start and the again.",
    wrong: 'session: "rec Loop { Loop }"',
  },
  AURA1403: {
    rule: "C17",
    title: "Nothing follows an again or an abort.",
    explanation:
      "After it the session is elsewhere, or over, and the step would never be reached. " +
      "Remove the step, or put it before.",
    wrong: 'session: "rec Loop { Ask . Loop . Answer }"',
  },
  AURA1404: {
    rule: "C17",
    title: "A recursion has a bound.",
    explanation:
      "Every session ends, so atMost says how many turns there are at the most: a whole " +
      "number from 1, or the name of a numeric parameter.",
    wrong: '.rec("Loop", { atMost: 0 }, …)',
  },
  AURA1405: {
    rule: "C17",
    title: "Names of recursions are not used for anything else.",
    explanation:
      "Inside a recursion its name means: go again. A recursion in it, or a step, of the " +
      "same name would be taken for that. Rename one.",
    wrong: 'session: "rec Loop { A . rec Loop { B . Loop } }"',
  },
  AURA1406: {
    rule: "C17",
    title: "A block of a parallel ends on its own.",
    explanation:
      "Going again out of one block would leave the other blocks in the middle of what they " +
      "do. Put the recursion inside the block, or around the parallel with the again after " +
      "it.",
    wrong: 'session: "rec Loop { A . ( B . Loop || C ) }"',
  },
  AURA1407: {
    rule: "C17",
    title: "Every step can be reached.",
    explanation:
      "All ways through what comes before go again or abort, so the step is never taken. " +
      "Give one of them an end, or remove the step.",
    wrong: 'session: "rec Loop { A . Loop } . B"',
  },
} as const);
