/** Choreographies that break a rule of the language. */
import type { Wrong } from "./workbench.ts";

export const unlawful: readonly Wrong[] = [
  {
    name: "steps out of order",
    edits: [['session: "Ask . Answer* . Count"', 'session: "Ask . Count . Answer*"']],
    says: [
      "poll.ts:11:12, protocol poll, step Answer: the session expects the step 'Count' here, not 'Answer'. Put the steps in the session's order.",
    ],
  },
  {
    name: "a missing step",
    edits: [['\n  .local("Count", { at: everyone, action: count, combines: "Answer" })', ""]],
    says: [
      "poll.ts:12:12, protocol poll: the session still expects the step 'Count'. Add the step before returns.",
    ],
  },
  {
    name: "a step too many",
    edits: [
      [
        '.returns("Count")',
        '.local("Cheer", { at: everyone, action: count })\n  .returns("Count")',
      ],
    ],
    says: [
      "poll.ts:13:10, protocol poll, step Cheer: the step 'Cheer' comes after the session's end. Remove the step, or name it in the session.",
    ],
  },
  {
    name: "a step that is repeated",
    edits: [
      [
        '.returns("Count")',
        '.local("Count", { at: everyone, action: count })\n  .returns("Count")',
      ],
    ],
    says: [
      "poll.ts:13:10, protocol poll, step Count: the step 'Count' comes after the session's end. Remove the step, or name it in the session.",
    ],
  },
  {
    name: "broadcast for a family's step",
    edits: [["Ask . Answer*", "Ask* . Answer*"]],
    says: [
      "poll.ts:10:14, protocol poll, step Ask: 'Ask*' is a step of every member of a family. Write it with collect or distribute.",
    ],
  },
  {
    name: "collect for a step of one role",
    edits: [["Answer*", "Answer"]],
    says: [
      "poll.ts:11:12, protocol poll, step Answer: 'Answer' is a step of one role. Write it with broadcast, send, local or wait, or 'Answer*' in the session.",
    ],
  },
  {
    name: "a role that is not declared",
    edits: [['by: "voter"', 'by: "guest"']],
    says: [
      "poll.ts:11:12, protocol poll, step Answer: 'guest' is not a role of poll. Name one of: chair, voter.",
    ],
  },
  {
    name: "a place that is not declared",
    edits: [["at: everyone", 'at: "nowhere"']],
    says: [
      "poll.ts:12:10, protocol poll, step Count: 'nowhere' is not a role of poll. Name one of: chair, voter.",
      "poll.ts:13:12, protocol poll: the result 'Count' is not known to everyone. Return the label of a broadcast, or of a local step at everyone.",
    ],
  },
  {
    name: "a family in the place of one",
    edits: [['by: "chair"', 'by: "voter"']],
    says: [
      "poll.ts:10:14, protocol poll, step Ask: 'voter' is declared as many, and the step needs one. Name a role that one device plays.",
    ],
  },
  {
    name: "one in the place of a family",
    edits: [['by: "voter"', 'by: "chair"']],
    says: [
      "poll.ts:11:12, protocol poll, step Answer: 'chair' is declared as one, and the step needs many. Name a role family.",
    ],
  },
  {
    name: "a View that is returned",
    edits: [['.returns("Count")', '.returns("Answer")']],
    says: [
      "poll.ts:13:12, protocol poll: the result 'Answer' is a View: devices may hold different ones. Combine it in a local step, or broadcast one.",
    ],
  },
  {
    name: "a View that is computed from and returned",
    edits: [[', combines: "Answer"', ""]],
    says: [
      "poll.ts:13:12, protocol poll: the result 'Count' is a View: devices may hold different ones. Combine it in a local step, or broadcast one.",
    ],
  },
  {
    name: "a result that not everyone knows",
    edits: [["at: everyone", 'at: "chair"']],
    says: [
      "poll.ts:13:12, protocol poll: the result 'Count' is not known to everyone. Return the label of a broadcast, or of a local step at everyone.",
    ],
  },
  {
    name: "a result that no step gives",
    edits: [['.returns("Count")', '.returns("Nothing")']],
    says: [
      "poll.ts:13:12, protocol poll: the result 'Nothing' is not known to everyone. Return the label of a broadcast, or of a local step at everyone.",
    ],
  },
  {
    name: "combining what is no collect",
    edits: [['combines: "Answer"', 'combines: "Ask"']],
    says: [
      "poll.ts:12:10, protocol poll, step Count: 'Ask' is not a collect that comes before this step. Name a collect whose every quorum gives the same value.",
    ],
  },
  {
    name: "combining what does not come before",
    edits: [['combines: "Answer"', 'combines: "Later"']],
    says: [
      "poll.ts:12:10, protocol poll, step Count: 'Later' is not a collect that comes before this step. Name a collect whose every quorum gives the same value.",
    ],
  },
  {
    name: "a wait for nobody",
    edits: [["atLeast: 2", "atLeast: 0"]],
    says: [
      'poll.ts:11:12, protocol poll, step Answer: atLeast is 0, and a wait needs at least one author. Give a whole number from 1, the name of a parameter, or "all".',
    ],
  },
  {
    name: "a wait for half a device",
    edits: [["atLeast: 2", "atLeast: 1.5"]],
    says: [
      'poll.ts:11:12, protocol poll, step Answer: atLeast is 1.5, and a wait needs at least one author. Give a whole number from 1, the name of a parameter, or "all".',
    ],
  },
  {
    name: "a role that is not in camelCase",
    edits: [
      ["chair: one", "Chair: one"],
      ['by: "chair"', 'by: "Chair"'],
    ],
    says: [
      "poll.ts:4:21, protocol poll: the role 'Chair' is not a camelCase name. Rename the role.",
    ],
  },
  {
    name: "a role named everyone",
    edits: [
      ["chair: one", "everyone: one"],
      ['by: "chair"', 'by: "everyone"'],
    ],
    says: ["poll.ts:4:21, protocol poll: 'everyone' cannot be a role's name. Rename the role."],
  },
  {
    name: "a session with an empty step",
    edits: [["Ask . Answer*", "Ask . . Answer*"]],
    says: [
      "poll.ts:6:12, protocol poll: the session has an empty step: write one label between two dots. Correct the session notation at the head of the choreography.",
    ],
  },
  {
    name: "a session with a step twice",
    edits: [["Ask . Answer* . Count", "Ask . Answer* . Ask"]],
    says: [
      "poll.ts:6:12, protocol poll: the session names the step 'Ask' twice: a label stands for one step. Correct the session notation at the head of the choreography.",
    ],
  },
  {
    name: "a session with a lower-case step",
    edits: [["Ask . Answer*", "ask . Answer*"]],
    says: [
      "poll.ts:6:12, protocol poll: the session's step 'ask' must start with a capital letter. Correct the session notation at the head of the choreography.",
    ],
  },
  {
    name: "a session without dots",
    edits: [["Ask . Answer*", "Ask Answer*"]],
    says: [
      "poll.ts:6:12, protocol poll: the session expects '.' before 'Answer*'. Correct the session notation at the head of the choreography.",
    ],
  },
];
