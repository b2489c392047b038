/** Choreographies that the generator cannot read without running them, or cannot write. */
import type { Wrong } from "./workbench.ts";

export const unreadable: readonly Wrong[] = [
  {
    name: "a chain that is not exported",
    edits: [["export const poll", "const poll"]],
    says: [
      "poll.ts:4:7: 'poll' is not exported by name. Write the choreography as one chain, export const name = choreography(…) … .returns(…).",
    ],
  },
  {
    name: "a chain that is exported by default only",
    edits: [
      ["export const poll", "const poll"],
      ['.returns("Count");', '.returns("Count");\nexport default poll;'],
    ],
    says: [
      "poll.ts:4:7: 'poll' is not exported by name. Write the choreography as one chain, export const name = choreography(…) … .returns(…).",
    ],
  },
  {
    name: "a chain that is no constant",
    edits: [["export const poll", "export let poll"]],
    says: [
      "poll.ts:4:19: the chain of steps is not the value of a constant. Write the choreography as one chain, export const name = choreography(…) … .returns(…).",
    ],
  },
  {
    name: "a chain that is not bound",
    edits: [["export const poll = ", ""]],
    says: [
      "poll.ts:4:1: the chain of steps is not the value of a constant. Write the choreography as one chain, export const name = choreography(…) … .returns(…).",
    ],
  },
  {
    name: "a chain inside another call",
    edits: [
      ['choreography("poll"', 'Object.freeze(choreography("poll"'],
      ['.returns("Count");', '.returns("Count"));'],
    ],
    says: [
      "poll.ts:4:35: the chain of steps is not the value of a constant. Write the choreography as one chain, export const name = choreography(…) … .returns(…).",
    ],
  },
  {
    name: "a chain without returns",
    edits: [['\n  .returns("Count");', ";"]],
    says: [
      "poll.ts:4:21: the chain of steps does not end in returns(…). Write the choreography as one chain, export const name = choreography(…) … .returns(…).",
    ],
  },
  {
    name: "a chain split over two constants",
    edits: [["\n  .collect(", ";\nexport const rest = poll\n  .collect("]],
    says: [
      "poll.ts:4:21: the chain of steps does not end in returns(…). Write the choreography as one chain, export const name = choreography(…) … .returns(…).",
    ],
  },
  {
    name: "a name that is not literal",
    edits: [['choreography("poll"', "choreography(name"]],
    says: ["poll.ts:4:34: the name is not a string literal. Write it as a string literal."],
  },
  {
    name: "a name that leads out of the folder",
    edits: [['choreography("poll"', 'choreography("../poll"']],
    says: [
      "poll.ts:4:34: the protocol's name '../poll' cannot be part of a file's name. Write it with letters, digits, '-' and '_'.",
    ],
  },
  {
    name: "a label that is not literal",
    edits: [['.local("Count"', ".local(label"]],
    says: ["poll.ts:12:10: the name is not a string literal. Write it as a string literal."],
  },
  {
    name: "a result that is not literal",
    edits: [['.returns("Count")', ".returns(label)"]],
    says: ["poll.ts:13:12: the name is not a string literal. Write it as a string literal."],
  },
  {
    name: "options that are not an object literal",
    edits: [['{ at: everyone, action: count, combines: "Answer" }', "options"]],
    says: [
      "poll.ts:12:19: the options are not an object literal. Write the options as an object literal, each property as name: value.",
    ],
  },
  {
    name: "a head that is not an object literal",
    edits: [
      [
        '{\n  roles: { chair: one, voter: many },\n  session: "Ask . Answer* . Count",\n  params: type<object>(),\n  abort: AbortPoll,\n}',
        "head",
      ],
    ],
    says: [
      "poll.ts:4:42: the options are not an object literal. Write the options as an object literal, each property as name: value.",
    ],
  },
  {
    name: "options spread into others",
    edits: [["{ at: everyone,", "{ ...place,"]],
    says: [
      "poll.ts:12:21: the options cannot be read without running them. Write the options as an object literal, each property as name: value.",
    ],
  },
  {
    name: "a computed option",
    edits: [["{ at: everyone,", '{ ["at"]: everyone,']],
    says: [
      "poll.ts:12:21: the options cannot be read without running them. Write the options as an object literal, each property as name: value.",
    ],
  },
  {
    name: "a method among the options",
    edits: [["action: count,", "action() { return count; },"]],
    says: [
      "poll.ts:12:35: the options cannot be read without running them. Write the options as an object literal, each property as name: value.",
    ],
  },
  {
    name: "a missing option",
    edits: [["action: count, ", ""]],
    says: ["poll.ts:12:19: the option 'action' is missing. Add action: …."],
  },
  {
    name: "a misspelt option",
    edits: [['combines: "Answer" }', 'combine: "Answer" }']],
    says: ["poll.ts:12:50: 'combine' is no option of local. Use at, action, combines."],
  },
  {
    name: "a step without options",
    edits: [[', { at: everyone, action: count, combines: "Answer" }', ""]],
    says: [
      "poll.ts:12:4: local has no argument 2. Write it as (label, options), and returns as (label).",
    ],
  },
  {
    name: "a session that is not literal",
    edits: [['session: "Ask . Answer* . Count"', "session: notation"]],
    says: [
      "poll.ts:6:12: the option 'session' is not a literal, and the generator does not run your code. Write it as a string or a number.",
    ],
  },
  {
    name: "a session in shorthand",
    edits: [['session: "Ask . Answer* . Count"', "session"]],
    says: [
      "poll.ts:6:3: the option 'session' is not a literal, and the generator does not run your code. Write it as a string or a number.",
    ],
  },
  {
    name: "a role that is not literal",
    edits: [['by: "chair"', "by: leader"]],
    says: [
      "poll.ts:10:27: the option 'by' is not a literal, and the generator does not run your code. Write it as a string or a number.",
    ],
  },
  {
    name: "a count that is not literal",
    edits: [["atLeast: 2", "atLeast: 1 + 1"]],
    says: [
      "poll.ts:11:77: the option 'atLeast' is not a literal, and the generator does not run your code. Write it as a string or a number.",
    ],
  },
  {
    name: "a role that is neither one nor many",
    edits: [["voter: many", "voter: several"]],
    says: ["poll.ts:5:31: the role 'voter' is neither one nor many. Write one or many."],
  },
  {
    name: "another's name for one",
    edits: [["voter: many", "voter: Ask"]],
    says: ["poll.ts:5:31: the role 'voter' is neither one nor many. Write one or many."],
  },
  {
    name: "no roles",
    edits: [["{ chair: one, voter: many }", "{}"]],
    says: ["poll.ts:5:10: there are no roles. Write at least one: { name: one }."],
  },
  {
    name: "a verb that is none",
    edits: [['.local("Count"', '.sleep("Count"']],
    says: [
      "poll.ts:12:4: 'sleep' is not a verb of the language. Use broadcast, send, collect, distribute, local, wait, check, choice, rec, again, parallel, call, acquire, release, abort or returns.",
    ],
  },
  {
    name: "an unexported local name in an action",
    edits: [
      ["export const poll", "const twice = (n: number) => 2 * n;\nexport const poll"],
      ["action: count", "action: () => twice(1)"],
    ],
    says: [
      "poll.ts:13:49: 'twice' is local to this file, and a generated script cannot reach it. Export 'twice', or move it to a module of its own and import it here.",
    ],
  },
  {
    name: "an unexported local type in an action",
    edits: [
      ["export const poll", "interface Own { n: number }\nexport const poll"],
      ["action: count", "action: (own: Own) => own.n"],
    ],
    says: [
      "poll.ts:13:49: 'Own' is local to this file, and a generated script cannot reach it. Export 'Own', or move it to a module of its own and import it here.",
    ],
  },
  {
    name: "an unexported action",
    edits: [
      ["export const poll", "const tally = () => 1;\nexport const poll"],
      ["action: count", "action: tally"],
    ],
    says: [
      "poll.ts:13:43: 'tally' is local to this file, and a generated script cannot reach it. Export 'tally', or move it to a module of its own and import it here.",
    ],
  },
  {
    name: "a literal over several lines",
    edits: [["action: count", "action: () => `two\n  lines`"]],
    says: [
      "poll.ts:12:49: a literal over several lines cannot be copied with its indentation. Write it with \\n, or move it to a module of its own and import it here.",
    ],
  },
  {
    name: "a template over several lines",
    edits: [["action: count", "action: (a) => `${a}\n  lines`"]],
    says: [
      "poll.ts:12:54: a literal over several lines cannot be copied with its indentation. Write it with \\n, or move it to a module of its own and import it here.",
    ],
  },
  {
    name: "a role named like an import",
    edits: [
      ["chair: one", "ask: one"],
      ['by: "chair"', 'by: "ask"'],
    ],
    says: [
      "poll.ts:4:21, protocol poll, role ask: 'ask' is the name of a role and of something that its actions use. Rename one of the two.",
    ],
  },
  {
    name: "a role named like the choreography",
    edits: [
      ["chair: one", "poll: one"],
      ['by: "chair"', 'by: "poll"'],
    ],
    says: [
      "poll.ts:4:21, protocol poll, role poll: 'poll' is the name of a role and of the choreography. Rename one of the two.",
    ],
  },
  {
    name: "a role named like a word of JavaScript",
    edits: [
      ["chair: one", "class: one"],
      ['by: "chair"', 'by: "class"'],
    ],
    says: [
      "poll.ts:4:21, protocol poll, role class: the role 'class' is named like a word of JavaScript. Rename the role.",
    ],
  },
  {
    name: "a role named await",
    edits: [
      ["chair: one", "await: one"],
      ['by: "chair"', 'by: "await"'],
    ],
    says: [
      "poll.ts:4:21, protocol poll, role await: the role 'await' is named like a word of JavaScript. Rename the role.",
    ],
  },
  {
    name: "an import named like a script's type",
    edits: [
      ["AbortPoll, Answer, Ask, ask, count, reply", "AbortPoll, Answer, Ask, ask, Project, reply"],
      ["action: count", "action: Project"],
    ],
    says: [
      "poll.ts:4:21, protocol poll, role chair: 'Project' is a name of every script and of something that its actions use. Rename one of the two.",
    ],
  },
  {
    name: "a syntax error",
    edits: [["session: ", "session "]],
    says: [
      "poll.ts:6:11: ',' expected. Correct the syntax: the generator reads what the compiler can.",
      "poll.ts:6:34: ':' expected. Correct the syntax: the generator reads what the compiler can.",
    ],
  },
];
