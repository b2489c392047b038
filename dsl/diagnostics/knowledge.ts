/** Rules about what each role knows. */
export const knowledgeDiagnostics = Object.freeze({
  AURA1201: {
    rule: "knowledge",
    title: "The result is known to everyone.",
    explanation:
      "A session ends with one value that all devices hold. What was sent to one role, or " +
      "computed at one, is not known to the others. Return the label of a broadcast, of a " +
      "collect of all, or of a local step at everyone.",
    wrong: '.local("Note", { at: "chair", … }).returns("Note")',
  },
  AURA1202: {
    rule: "C8",
    title: "The result is the same on all devices.",
    explanation:
      "Of an M-of-N collect two devices can hold different sets, so its value is a View, " +
      "and so is what is computed from it, what may be missing, and what each receiver gets " +
      "for itself. Combine it in a local step with combines, collect from all, or let one " +
      "role broadcast it. What everyone decides alike is given no View at all. No rule can see whether two numbers of a quorum make two " +
      "certificates share a voter (C9): that is the author's to choose, more than half of " +
      "all for crashes, more than two thirds for liars.",
    wrong: '.collect("Answer", { atLeast: 2, … }).returns("Answer")',
  },
  AURA1203: {
    rule: "C8",
    title: "A local step combines a collect that has come before.",
    explanation:
      "combines says that every quorum of that collect gives the same value, as Lagrange " +
      "interpolation does. It names the label of a collect that is there on every path to " +
      "the step.",
    wrong: '.local("Count", { combines: "Ask", … })',
  },
  AURA1204: {
    rule: "knowledge",
    title: "A check looks for the event of a step.",
    explanation:
      "of names a step that writes an event: a broadcast, send, collect or distribute of " +
      "this choreography. A local step, a wait or a call leaves no event under its own " +
      "label.",
    wrong: '.local("Count", …).check("Seen", { of: "Count", … })',
  },
  AURA1205: {
    rule: "knowledge",
    title: "A role checks for what is meant for it.",
    explanation:
      "The event of a send or distribute is for its receivers; another role could not read " +
      "it where it is sealed. Look at a receiver, or broadcast the event.",
    wrong: '.send("Tell", { to: "clerk", … }).check("Seen", { at: "guest", of: "Tell" })',
  },
  AURA1206: {
    rule: "knowledge",
    title: "The result is there whatever branch is taken.",
    explanation:
      "What a branch makes known is missing where another is taken. Return a value from " +
      "before or after the choice, for example one that a last step computes from what " +
      "every branch leaves.",
    wrong: '.choice("Yes | No", { … }).returns("Yes")',
  },
} as const);
