/** What breaks each rule, and what is said of it, word for word. */
import type { DiagnosticCode, GlobalType } from "../../dsl/index.ts";
import { blockCases } from "./diagnostic-blocks.ts";
import * as s from "./poll-steps.ts";

/** A choreography that breaks one rule. */
export interface DiagnosticCase {
  readonly code: DiagnosticCode;
  readonly name: string;
  readonly global: GlobalType<string>;
  /** The place, and the message. */
  readonly says: string;
}

const ask = s.broadcast("Ask");
const answer = s.collect("Answer");

export const diagnosticCases: readonly DiagnosticCase[] = [
  {
    code: "AURA1001",
    name: "steps out of order",
    global: s.poll("Ask . Answer*", [answer, ask]),
    says: "Answer: the session expects the step 'Ask' here, not 'Answer'. Put the steps in the session's order.",
  },
  {
    code: "AURA1002",
    name: "a missing step",
    global: s.poll("Ask . Answer*", [ask]),
    says: "end: the session still expects the step 'Answer'. Add the step before returns.",
  },
  {
    code: "AURA1002",
    name: "a missing step of a branch",
    global: s.poll("{ Yes . Ask | No }", [
      s.choice("chair", { Yes: [s.broadcast("Yes")], No: [s.broadcast("No")] }),
    ]),
    says: "Yes: the session still expects the step 'Ask'. Add the step before the end of its block.",
  },
  {
    code: "AURA1003",
    name: "a step too many",
    global: s.poll("Ask", [ask, answer]),
    says: "Answer: the step 'Answer' comes after the session's end. Remove the step, or name it in the session.",
  },
  {
    code: "AURA1004",
    name: "one role's step for a family's",
    global: s.poll("Ask*", [ask]),
    says: "Ask: 'Ask*' is a step of every member of a family. Write it with collect or distribute.",
  },
  {
    code: "AURA1005",
    name: "a family's step for one role's",
    global: s.poll("Answer", [answer]),
    says: "Answer: 'Answer' is a step of one role. Write it with broadcast, send, local or wait, or 'Answer*' in the session.",
  },
  {
    code: "AURA1006",
    name: "a step that may be missing, unmarked",
    global: s.poll("Answer*", [s.collect("Answer", { onTimeout: "absent" })]),
    says: "Answer: 'Answer' cannot be missing. Write 'Answer*?' in the session.",
  },
  {
    code: "AURA1007",
    name: "a step that is always there, marked",
    global: s.poll("Ask?", [ask]),
    says: `Ask: 'Ask?' may be missing. Say so with onTimeout: "absent", or write 'Ask' in the session.`,
  },
  {
    code: "AURA1007",
    name: "a computation that is marked",
    global: s.poll("Ask . Count?", [ask, s.local("Count", "everyone")]),
    says: "Count: 'Count?' may be missing, and local always gives a value. Write 'Count' in the session.",
  },
  {
    code: "AURA1008",
    name: "another role in the long form",
    global: s.poll("Answer{p ∈ member}(AnswerEvent)", [answer]),
    says: "Answer: the session names the role 'member' for 'Answer', and the step's is 'voter'. Name the same role in both, or leave it out of the session.",
  },
  {
    code: "AURA1008",
    name: "another receiver in the long form",
    global: s.poll("Ask{chair → voter}", [ask]),
    says: "Ask: the session names the receiver 'voter' for 'Ask', and the step has none. Name the same receiver in both, or leave it out of the session.",
  },
  {
    code: "AURA1008",
    name: "another role that gives up in the long form",
    global: s.poll("abort{clerk}", [s.abort()]),
    says: "abort: the session names the role 'clerk' for 'abort', and the step's is 'chair'. Name the same role in both, or leave it out of the session.",
  },
  {
    code: "AURA1008",
    name: "a cast of what is no call",
    global: s.poll("Ask{host: chair}", [ask]),
    says: "Ask: the session names the player of 'host' 'chair' for 'Ask', and the step has none. Name the same player of 'host' in both, or leave it out of the session.",
  },
  {
    code: "AURA1019",
    name: "another quorum in the long form",
    global: s.poll("Answer{all p ∈ voter}", [s.collect("Answer", { atLeast: 2 })]),
    says: "Answer: the session waits for all in 'Answer', and the step has atLeast: 2. Write atLeast: \"all\", or leave 'all' out of the session.",
  },
  {
    code: "AURA1009",
    name: "another event in the long form",
    global: s.poll("Ask(Question)", [ask]),
    says: "Ask: the session names the event 'Question' for 'Ask', and the step's is 'AskEvent'. Name the same event in both, or leave it out of the session.",
  },
  {
    code: "AURA1009",
    name: "an event for a computation",
    global: s.poll("Count(Counted)", [s.local("Count", "everyone")]),
    says: "Count: the session names the event 'Counted' for 'Count', and the step has none. Name the same event in both, or leave it out of the session.",
  },
  {
    code: "AURA1010",
    name: "a step in the place of a recursion",
    global: s.poll("rec Loop { Ask . { More . Loop | Done } }", [s.broadcast("Loop")]),
    says: "Loop: 'rec Loop' is a recursion. Write it with rec.",
  },
  {
    code: "AURA1010",
    name: "a recursion in the place of a step",
    global: s.poll("Ask", [s.rec("Ask", [ask])]),
    says: "Ask: 'Ask' is one step of the session, and rec is not. Write it with the verb of a step, or change the session.",
  },
  {
    code: "AURA1011",
    name: "an empty step",
    global: s.poll("Ask . . Answer*", []),
    says: "session: the session has an empty step: write one label between two dots. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1012",
    name: "a label twice",
    global: s.poll("Ask . Ask", []),
    says: "session: the session names the step 'Ask' twice: a label stands for one step. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1013",
    name: "no dot",
    global: s.poll("Ask Answer", []),
    says: "session: the session expects '.' before 'Answer'. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1014",
    name: "a small label",
    global: s.poll("ask", []),
    says: "session: the session's step 'ask' must start with a capital letter. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1015",
    name: "a long session",
    global: s.poll("A".repeat(65_537), []),
    says: "session: the session is 65537 characters long; 65536 at most. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1016",
    name: "an open bracket",
    global: s.poll("{ Yes | No", []),
    says: "session: the session does not close '{'. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1016",
    name: "a bracket too many",
    global: s.poll("Yes }", []),
    says: "session: the session closes '}', which is not open: remove it. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1016",
    name: "a bar alone",
    global: s.poll("Yes | No", []),
    says: "session: the session cannot use '|' here: write a choice as '{ A | B }'. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1017",
    name: "one branch",
    global: s.poll("{ Yes }", []),
    says: "session: the session's choice of 'Yes' has one branch: write two or more as '{ A | B }'. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1017",
    name: "one block",
    global: s.poll("( Yes )", []),
    says: "session: the session's parallel of 'Yes' has one block: write two or more as '( A || B )'. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1018",
    name: "two branches that start alike",
    global: s.poll("{ Yes | Yes . No }", []),
    says: "session: the session has a choice with two branches that start with 'Yes': start each with its own. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1101",
    name: "no roles",
    global: s.poll("Ask", [ask], { roles: {} }),
    says: "head: the choreography has no roles. Declare at least one.",
  },
  {
    code: "AURA1102",
    name: "a role named everyone",
    global: s.poll("Ask", [ask], { roles: { chair: "one", everyone: "one" } }),
    says: "head, role everyone: 'everyone' cannot be a role's name. Rename the role.",
  },
  {
    code: "AURA1103",
    name: "a role with a capital letter",
    global: s.poll("Ask", [ask], { roles: { chair: "one", Voter: "many" } }),
    says: "head, role Voter: the role 'Voter' is not a camelCase name. Rename the role.",
  },
  {
    code: "AURA1104",
    name: "a role that is not declared",
    global: s.poll("Ask", [s.broadcast("Ask", { by: "guest" })]),
    says: "Ask, role guest: 'guest' is not a role of poll. Name one of: chair, clerk, voter.",
  },
  {
    code: "AURA1105",
    name: "a family in the place of one",
    global: s.poll("Ask", [s.broadcast("Ask", { by: "voter" })]),
    says: "Ask, role voter: 'voter' is declared as many, and the step needs one. Name a role that one device plays.",
  },
  {
    code: "AURA1105",
    name: "one in the place of a family",
    global: s.poll("Deal*", [s.distribute("Deal", { to: "clerk" })]),
    says: "Deal, role clerk: 'clerk' is declared as one, and the step needs many. Name a role family.",
  },
  {
    code: "AURA1106",
    name: "a message to oneself",
    global: s.poll("Tell", [s.send("Tell", { to: "chair" })]),
    says: "Tell, role chair: 'chair' sends to itself. Name another role, or use a local step.",
  },
  {
    code: "AURA1201",
    name: "a result that two roles know",
    global: s.poll("Tell", [s.send("Tell")], { result: "Tell" }),
    says: "end: the result 'Tell' is not known to everyone. Return the label of a broadcast, or of a local step at everyone.",
  },
  {
    code: "AURA1202",
    name: "a View as the result",
    global: s.poll("Answer*", [s.collect("Answer", { atLeast: 2 })], { result: "Answer" }),
    says: "end: the result 'Answer' is a View: devices may hold different ones. Combine it in a local step, or broadcast one.",
  },
  {
    code: "AURA1202",
    name: "what may be missing as the result",
    global: s.poll("Ask?", [s.broadcast("Ask", { onTimeout: "absent" })], { result: "Ask" }),
    says: "end: the result 'Ask' is a View: devices may hold different ones. Combine it in a local step, or broadcast one.",
  },
  {
    code: "AURA1203",
    name: "combining a broadcast",
    global: s.poll("Ask . Count", [ask, s.local("Count", "chair", { combines: "Ask" })]),
    says: "Count: 'Ask' is not a collect that comes before this step. Name a collect whose every quorum gives the same value.",
  },
  {
    code: "AURA1204",
    name: "a look for a computation",
    global: s.poll("Count . Seen", [s.local("Count", "chair"), s.check("Seen", "chair", "Count")]),
    says: "Seen: 'Count' is not a step with an event. Name a broadcast, send, collect or distribute that comes before.",
  },
  {
    code: "AURA1205",
    name: "a look for what is for another",
    global: s.poll("Tell . Seen", [s.send("Tell"), s.check("Seen", "voter", "Tell")]),
    says: "Seen, role voter: 'voter' looks for 'Tell', which is not for it. Look at a receiver of 'Tell', or broadcast it. Also: Tell.",
  },
  {
    code: "AURA1206",
    name: "a result of one branch",
    global: s.poll(
      "{ Yes | No }",
      [s.choice("chair", { Yes: [s.broadcast("Yes")], No: [s.broadcast("No")] })],
      { result: "Yes" },
    ),
    says: "end: the result 'Yes' is learned in a branch, and missing where another is taken. Return what every branch makes known, by a step before or after the choice.",
  },
  {
    code: "AURA1601",
    name: "a wait without an end",
    global: s.poll("Ask", [s.without(ask, "within")]),
    says: "Ask: 'Ask' does not say how long the others wait. Add within: epochs(…).",
  },
  {
    code: "AURA1601",
    name: "a sleep without a length",
    global: s.poll("Rest", [s.without(s.wait("Rest", "chair", ""), "epochs")]),
    says: "Rest: 'Rest' does not say how long it sleeps. Add epochs: epochs(…).",
  },
  {
    code: "AURA1602",
    name: "a wait for who sleeps longer",
    global: s.poll("Rest . Ask", [s.wait("Rest", "chair", "epochs(20)"), ask]),
    says: "Ask, role clerk: 'clerk' waits 5 epochs for 'Ask', and 'chair' can be 20 epochs behind it. Make within 20 epochs or more, or the waits of 'chair' before it shorter.",
  },
  {
    code: "AURA1602",
    name: "a wait for who waits longer for an answer",
    global: s.poll("Tell? . Ask", [
      s.send("Tell", { by: "clerk", to: "chair", onTimeout: "absent", within: "epochs(9)" }),
      s.broadcast("Ask", { within: "epochs(8)" }),
    ]),
    says: "Ask, role voter: 'voter' waits 8 epochs for 'Ask', and 'chair' can be 9 epochs behind it. Make within 9 epochs or more, or the waits of 'chair' before it shorter.",
  },
  {
    code: "AURA1603",
    name: "an abort without a reason",
    global: s.poll("Ask . abort", [ask, s.abort({ reason: " " })]),
    says: `abort: the abort's reason is not a sentence without its full stop. Write reason: "why the session is given up".`,
  },
  {
    code: "AURA1701",
    name: "a wait for nobody",
    global: s.poll("Answer*", [s.collect("Answer", { atLeast: 0 })]),
    says: 'Answer: atLeast is 0, and a wait needs at least one author. Give a whole number from 1, the name of a parameter, or "all".',
  },
  {
    code: "AURA1703",
    name: "a wait for whoever is first",
    global: s.poll("Answer*", [s.collect("Answer", { atLeast: 1 })]),
    says: "Answer: atLeast is 1, so 'Answer' goes on with whoever of 'voter' is first. Write 'Answer{any p ∈ voter}' in the session if any one will do, or wait for \"all\", for 2 or more, or for as many as a parameter says.",
  },
  {
    code: "AURA1702",
    name: "a look for what comes later",
    global: s.poll("Seen . Ask", [s.check("Seen", "voter", "Ask"), ask]),
    says: "Seen: the event of 'Ask' can never be on the ledger here. Look for a step that can come before. Also: Ask.",
  },
  ...blockCases,
];
