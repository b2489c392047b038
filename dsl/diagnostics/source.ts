/** Rules about what is read from files. */
export const sourceDiagnostics = Object.freeze({
  AURA1801: {
    rule: "source",
    title: "The file is TypeScript without syntax errors.",
    explanation: "The generator reads what the compiler can read. Correct the syntax.",
    wrong: '.send("Ask", { by: "chair" ',
  },
  AURA1802: {
    rule: "source",
    title: "A choreography can be read without running it.",
    explanation:
      "Scripts are made from the source text, so what the generator needs to know is " +
      "written as a literal: one exported constant whose value is one chain, options as " +
      "object literals, roles and labels as strings. Functions and events are the author's " +
      "own, and are only referred to: they are imported, or exported.",
    wrong: '.send("Ask", { by: chairOrClerk(), … })',
  },
  AURA1803: {
    rule: "source",
    title: "Choreographies of one folder have different names.",
    explanation: "Their scripts are files of these names. Rename one of them.",
  },
  AURA1804: {
    rule: "source",
    title: "The file can be read.",
    explanation:
      "It is not there, may not be read, is a folder, or is not text. Name a file that " +
      "holds a choreography.",
    wrong: "aura check nowhere.ts",
  },
  AURA1805: {
    rule: "source",
    title: "The file holds a choreography.",
    explanation:
      "There is nothing in it to check. A TypeScript file holds export const name = " +
      "choreography(…) … .returns(…); a Scribble file holds a global protocol.",
    wrong: "aura check plain.ts",
  },
  AURA1806: {
    rule: "source",
    title: "The file is Scribble that can be read as a choreography.",
    explanation:
      "The global protocol does not follow Scribble's grammar, or uses a part of it that is " +
      "not known here. Correct it at the place that is named.",
    wrong: "global protocol P(role A, role B) { Ask() from A to }",
  },
} as const);
