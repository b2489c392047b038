/** Rules about roles. */
export const roleDiagnostics = Object.freeze({
  AURA1101: {
    rule: "roles",
    title: "A choreography has a role.",
    explanation:
      "Roles are who takes part. Declare them at the head: roles: { buyer: one, voter: many " +
      "}.",
    wrong: "roles: {}",
  },
  AURA1102: {
    rule: "roles",
    title: "No role is named 'everyone'.",
    explanation: "The word stands for all roles, where a step is placed. Rename the role.",
    wrong: "roles: { everyone: one }",
  },
  AURA1103: {
    rule: "roles",
    title: "Roles have camelCase names.",
    explanation:
      "A role's name becomes part of a file's name and a property, and is told from a label " +
      "by its first letter. Start it with a small letter and use letters and digits.",
    wrong: "roles: { Chair: one }",
  },
  AURA1104: {
    rule: "roles",
    title: "Every role that a step names is declared.",
    explanation:
      "Only devices that the head declares take part. Correct the name, or add the role at " +
      "the head.",
    wrong: 'roles: { chair: one }  …  .broadcast("Ask", { by: "char", … })',
  },
  AURA1105: {
    rule: "roles",
    title: "A role is of the kind that its step needs.",
    explanation:
      "One device plays a role declared as one; every device of a family plays a role " +
      "declared as many. broadcast, send, choice and abort are by a single device; collect " +
      "and distribute are by a family.",
    wrong: 'roles: { voter: many }  …  .broadcast("Ask", { by: "voter", … })',
  },
  AURA1106: {
    rule: "roles",
    title: "Nobody sends to itself.",
    explanation:
      "The sender knows already what it sends, and would wait for its own event. Name " +
      "another role, or compute the value in a local step.",
    wrong: '.send("Tell", { by: "chair", to: "chair", … })',
  },
} as const);
