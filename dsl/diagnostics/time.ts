/** Rules about faults, time and quorums. */
export const timeDiagnostics = Object.freeze({
  AURA1601: {
    rule: "C10",
    title: "Every wait has a deadline.",
    explanation:
      "A role that waits for a device which has gone would wait for ever. within says how " +
      "long the others wait for the event, epochs how long a sleep is. The compiler asks " +
      "for them too.",
    wrong: '.send("Ask", { by, to, event, payload })',
  },
  AURA1602: {
    rule: "C11",
    title: "A wait is not shorter than what it waits for.",
    explanation:
      "The author may itself sleep, or wait for an answer that does not come, before it " +
      "writes: who waits less gives up though nobody is at fault. Make the wait as long as " +
      "the author can take, or let the author wait less. Only spans written as numbers are " +
      "counted.",
    wrong:
      '.wait("Rest", { at: "chair", epochs: epochs(20) }).broadcast("Go", { by: "chair", within: epochs(10) })',
  },
  AURA1603: {
    rule: "C12",
    title: "An abort says why.",
    explanation:
      "The reason stands on the ledger and is what every device reports. Write a sentence " +
      "without its full stop, and nothing secret. Which of an abort and a result counts " +
      "where both are written is the ledger's rule, not the author's.",
    wrong: '.abort({ by: "chair", reason: "" })',
  },
  AURA1701: {
    rule: "C6",
    title: "A wait for a quorum can be satisfied.",
    explanation:
      "A wait for less than one author would not be a wait, and one for half an author " +
      'never ends. Give a whole number from 1, the name of a numeric parameter, or "all". ' +
      "Whether there are as many members is known when a session starts. Two quorums that " +
      "must not contradict each other share a voter only if they are more than half of all " +
      "(C9), which no single number shows.",
    wrong: '.collect("Answer", { atLeast: 0, … })',
  },
  AURA1702: {
    rule: "C5b",
    title: "What a check looks for can be there.",
    explanation:
      "The event is written later, or in a branch that excludes this one, so the check " +
      "would always find nothing. Look for a step that can come before: earlier on some " +
      "path, in an earlier turn, or in another block of a parallel.",
    wrong: '.check("Seen", { of: "Answer", … }).send("Answer", …)',
  },
  AURA1703: {
    rule: "C6",
    title: "A wait for any one of a family says so in the session.",
    explanation:
      "With atLeast: 1 a wait ends with whoever is fastest, and each device can have heard of " +
      "another one first. For a bid or a hint that is right, and the session says it: " +
      "'Bid{any p ∈ bidder}'. For votes, shares or contributions it is a slip, and combines " +
      'cannot mend it: what one member alone determines is no combination. Wait for "all", ' +
      "for 2 or more, or for as many as a numeric parameter says.",
    wrong: 'session: "Vote*"  …  .collect("Vote", { by: "voter", atLeast: 1, … })',
  },
} as const);
