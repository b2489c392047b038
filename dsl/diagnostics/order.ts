/** Rules about the order of steps and the notation of sessions. */
export const orderDiagnostics = Object.freeze({
  AURA1001: {
    rule: "order",
    title: "Steps stand in the order of the session.",
    explanation:
      "The session at the head says which step comes next; every script, and every reader, " +
      "relies on it. Move the step to its place, or change the session. What follows in the " +
      "same block is not judged until this is right.",
    wrong: 'session: "Ask . Answer"  …  .send("Answer", …).send("Ask", …)',
  },
  AURA1002: {
    rule: "order",
    title: "No step of the session is left out.",
    explanation:
      "The chain, a branch or a block ends before the session does. Add the missing step, " +
      "or take it out of the session.",
    wrong: 'session: "Ask . Answer"  …  .send("Ask", …).returns("nothing")',
  },
  AURA1003: {
    rule: "order",
    title: "No step comes after the end of the session.",
    explanation:
      "The session has no place for the step. Remove the step, or name it in the session.",
    wrong: 'session: "Ask"  …  .send("Ask", …).send("More", …)',
  },
  AURA1004: {
    rule: "order",
    title: "A step that the session marks with '*' is one of every member of a family.",
    explanation:
      "Every member writes an event of its own under such a label, and a wait counts " +
      "distinct authors. Write it with collect, or with distribute where each receiver gets " +
      "something of its own. Where one role alone takes the step, leave the star out of the " +
      "session.",
    wrong: 'session: "Answer*"  …  .broadcast("Answer", …)',
  },
  AURA1005: {
    rule: "order",
    title: "A step of a family is marked with '*' in the session.",
    explanation:
      "A reader of the session must see where many events stand under one label. Write " +
      "'Label*' in the session, or use a verb of one role.",
    wrong: 'session: "Answer"  …  .collect("Answer", …)',
  },
  AURA1006: {
    rule: "order",
    title: "A step that may be missing is marked with '?' in the session.",
    explanation:
      'With onTimeout or onAbort "absent" the step can end with no value, and what follows ' +
      "must be ready for that. The session says so with 'Label?', or 'Label*?' for a " +
      "family.",
    wrong: 'session: "Answer"  …  .send("Answer", { …, onTimeout: "absent" })',
  },
  AURA1007: {
    rule: "order",
    title: "A step that the session marks with '?' can be missing.",
    explanation:
      "The session promises that others cope without the step, and the step never is " +
      'missing. Add onTimeout: "absent" (onAbort for a call), or take the mark out of the ' +
      "session. A step without an event cannot be missing.",
    wrong: 'session: "Answer?"  …  .send("Answer", { … })',
  },
  AURA1008: {
    rule: "order",
    title: "The roles that the long form names are the roles of the step.",
    explanation:
      "In 'Ask{app → server}', 'Commit{p ∈ member}' and 'Audit{chair: clerk}' the session says " +
      "whose step it is, for whom, and who plays whom. The step says the same with by or at, " +
      "with to, and with roles. Name the same roles in both, or use the short form.",
    wrong: 'session: "Commit{p ∈ member}(Record)"  …  .collect("Commit", { by: "clerk", … })',
  },
  AURA1009: {
    rule: "order",
    title: "The event that the long form names is the event of the step.",
    explanation:
      "In 'Commit{p ∈ member}(Event)' the session says which event is written. Name the " +
      "same event in both, or use the short form.",
    wrong: 'session: "Ask(Question)"  …  .send("Ask", { event: Answer, … })',
  },
  AURA1010: {
    rule: "order",
    title: "A choice, a recursion, a parallel, an again and an abort have their own verbs.",
    explanation:
      "The label is the one that the session expects, but the session has something else " +
      "there. Write it with the verb that the session's notation stands for: { | } with " +
      "choice, rec with rec, its name with again, ( || ) with parallel.",
    wrong: 'session: "rec Loop { Ask . Loop }"  …  .broadcast("Loop", …)',
  },
  AURA1011: {
    rule: "notation",
    title: "The session has a label wherever a step stands.",
    explanation:
      "Between two dots, between bars and inside brackets stands at least one step. Write a " +
      "label there, or remove the dot, bar or bracket.",
    wrong: 'session: "Ask . . Answer"',
  },
  AURA1012: {
    rule: "notation",
    title: "A label stands for one step on any one path.",
    explanation:
      "A step's label is its name on the ledger, so that a second step of that name would " +
      "find the first one's event (C1). Only in different branches of one choice may a " +
      "label come again, as the same event of the same role. Rename one of them.",
    wrong: 'session: "Ask . Answer . Ask"',
  },
  AURA1013: {
    rule: "notation",
    title: "The session is written in its notation.",
    explanation:
      "Steps are joined by dots, families are marked with '*' and steps that may be missing " +
      "with '?'. A label is a letter, then letters, digits and underscores. A recursion is " +
      "'rec Name { … }'.",
    wrong: 'session: "Ask Answer"',
  },
  AURA1014: {
    rule: "notation",
    title: "Labels start with a capital letter.",
    explanation: "So a step is told from a role and from the words of the notation.",
    wrong: 'session: "ask . Answer"',
  },
  AURA1015: {
    rule: "notation",
    title: "A session has a size that can be read.",
    explanation:
      "The notation is read by the compiler too, which has limits. Move a part to a " +
      "choreography of its own, and call it.",
  },
  AURA1016: {
    rule: "notation",
    title: "Brackets and bars of the session fit together.",
    explanation:
      "A choice is written '{ A | B }', a parallel '( A || B )', a recursion 'rec Name { … " +
      "}'. Close every bracket that is open, and put a bar only inside brackets.",
    wrong: 'session: "Ask . { Yes | No"',
  },
  AURA1017: {
    rule: "notation",
    title: "A choice has two branches at least, and a parallel two blocks.",
    explanation:
      "With one part there is nothing to choose and nothing to do side by side. Add the " +
      "other part, or leave the brackets out.",
    wrong: 'session: "Ask . { Yes }"',
  },
  AURA1018: {
    rule: "notation",
    title: "The branches of a choice start with different labels.",
    explanation:
      "A branch is named by its first label, and by the event of that label the others " +
      "learn which branch is taken (C2). Start one with another step, or put the common " +
      "step before the choice.",
    wrong: 'session: "{ Yes . A | Yes . B }"',
  },
  AURA1019: {
    rule: "order",
    title: "The quorum that the long form names is the quorum of the step.",
    explanation:
      "'Vote{all p ∈ voter}' waits for every member, and the step says atLeast: \"all\"; " +
      "'Bid{any p ∈ bidder}' goes on with whoever is first, and the step says atLeast: 1. " +
      "Write the same in both, or leave the word out of the session.",
    wrong: 'session: "Vote{all p ∈ voter}"  …  .collect("Vote", { atLeast: 2, … })',
  },
} as const);
