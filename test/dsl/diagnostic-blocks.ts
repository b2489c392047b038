/** What breaks the rules of choices, recursions, blocks, nested choreographies and locks. */
import type { Callee } from "../../dsl/index.ts";
import type { DiagnosticCase } from "./diagnostic-cases.ts";
import * as s from "./poll-steps.ts";

const ask = s.broadcast("Ask");
const yes = s.broadcast("Yes");
const no = s.broadcast("No");
const take = s.acquire("Take", "keys");
const give = s.release("Give", "keys");
/** A callee that one role plays alone. */
const alone: Callee = { ...s.sub, roles: { leader: "one" } };
const loop = "rec Loop { Ask . { More . Loop | Done } }";
const more = [s.broadcast("More"), s.again("Loop")];
const asking = [ask, s.choice("chair", { More: more, Done: [s.broadcast("Done")] })];

/** A protocol in which the chair says yes or no, and more follows. */
function decided(session: string, branches: Parameters<typeof s.choice>[1], by = "chair") {
  return s.poll(session, [s.choice(by, branches)]);
}

export const blockCases: readonly DiagnosticCase[] = [
  {
    code: "AURA1301",
    name: "a branch that is not there",
    global: s.poll("{ Yes | No }", [{ ...s.choice("chair", { Yes: [yes] }), label: "Yes | No" }]),
    says: "Yes | No: there is no branch 'No'. Add it to the choice, or take it out of the session.",
  },
  {
    code: "AURA1302",
    name: "a branch that is misspelt",
    global: s.poll("{ Yes | Never }", [
      { ...s.choice("chair", { Yes: [yes], Nevr: [] }), label: "Yes | Never" },
    ]),
    says: "Nevr: the session has no branch 'Nevr' here. Name it by its first label in the session: 'Never'.",
  },
  {
    code: "AURA1302",
    name: "a block that the session has not",
    global: s.poll("( Yes || No )", [
      { ...s.parallel({ Yes: [yes], No: [no], Ask: [ask] }), label: "Yes || No" },
    ]),
    says: "Ask: the session has no block 'Ask' here. Take the block out, or add it to the session.",
  },
  {
    code: "AURA1303",
    name: "a branch that another begins",
    global: decided("{ Yes | No }", { Yes: [s.broadcast("Yes", { by: "clerk" })], No: [no] }),
    says: "Yes, role chair: the branch 'Yes' begins with broadcast of 'clerk', and 'chair' decides. Begin the branch with a broadcast or send by 'chair'. Also: Yes | No.",
  },
  {
    code: "AURA1304",
    name: "a role that is not told",
    global: decided("{ Yes . Ship | No }", {
      Yes: [s.send("Yes"), s.send("Ship", { by: "clerk", to: "voter" })],
      No: [s.send("No")],
    }),
    says: "Yes | No, role voter: 'voter' cannot tell 'Yes' from 'No': in the one it waits for Ship from clerk, in the other it is done. Let chair tell voter first in each branch. Also: Yes, No.",
  },
  {
    code: "AURA1305",
    name: "a role that sends or waits",
    global: decided("{ Yes . Ship | No . Bill }", {
      Yes: [s.send("Yes", { to: "voter" }), s.send("Ship", { by: "clerk", to: "chair" })],
      No: [s.send("No", { to: "voter" }), s.send("Bill")],
    }),
    says: "Yes | No, role clerk: 'clerk' cannot tell 'Yes' from 'No': in the one it sends Ship, in the other it waits for Bill from chair. Let chair tell clerk first in each branch. Also: Yes, No.",
  },
  {
    code: "AURA1306",
    name: "a role that is told by two",
    global: decided("{ Yes . Ship | No . Bill }", {
      Yes: [s.send("Yes"), s.send("Ship", { by: "clerk", to: "voter" })],
      No: [s.send("No"), s.send("Bill", { by: "chair", to: "voter" })],
    }),
    says: "Yes | No, role voter: 'voter' cannot tell 'Yes' from 'No': in the one it waits for Ship from clerk, in the other it waits for Bill from chair. Let chair tell voter first in each branch. Also: Yes, No.",
  },
  {
    code: "AURA1307",
    name: "a label of two roles",
    global: decided("{ Yes . Done | No . Done }", {
      Yes: [yes, s.broadcast("Done")],
      No: [no, s.broadcast("Done", { by: "clerk" })],
    }),
    says: "Done: 'Done' is in two branches of two roles, 'chair' and 'clerk'. Give one of them another label, or make them the same. Also: Done.",
  },
  {
    code: "AURA1307",
    name: "a label of two events",
    global: decided("{ Yes . Done | No . Done }", {
      Yes: [yes, s.broadcast("Done")],
      No: [no, s.broadcast("Done", { event: "OtherEvent" })],
    }),
    says: "Done: 'Done' is in two branches with two events. Give one of them another label, or make them the same. Also: Done.",
  },
  {
    code: "AURA1308",
    name: "a label with two deadlines",
    global: decided("{ Yes . Done | No . Done }", {
      Yes: [s.send("Yes"), s.send("Done", { by: "clerk", to: "voter" })],
      No: [s.send("No"), s.send("Done", { by: "clerk", to: "voter", within: "epochs(6)" })],
    }),
    says: "Yes | No, role voter: 'voter' cannot tell 'Yes' from 'No': in the one it waits for Done from clerk, in the other it waits for Done from clerk. Give the two events labels of their own. Also: Yes, No.",
  },
  {
    code: "AURA1309",
    name: "a role that goes on in two ways",
    global: decided("{ Yes . Count | No . Note }", {
      Yes: [s.send("Yes"), s.local("Count", "voter")],
      No: [s.send("No"), s.local("Note", "voter")],
    }),
    says: "Yes | No, role voter: 'voter' cannot tell 'Yes' from 'No': in the one it computes Count, in the other it computes Note. Let chair tell voter first in each branch. Also: Yes, No.",
  },
  {
    code: "AURA1401",
    name: "an again outside of its recursion",
    global: s.poll("Ask", [ask, s.again("Loop")]),
    says: `Loop: 'Loop' goes again, and no recursion of that name is around it. Put it inside .rec("Loop", …), or name the recursion that is around it.`,
  },
  {
    code: "AURA1402",
    name: "a turn without a step",
    global: s.poll("rec Loop { Loop }", []),
    says: "session: the session goes back to 'Loop' before any step: put one between 'rec Loop {' and 'Loop'. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1403",
    name: "a session that goes on after again",
    global: s.poll("rec Loop { Ask . Loop . Answer }", []),
    says: "session: the session goes on after 'Loop', where nothing can follow. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1403",
    name: "a step after again",
    global: s.poll("rec Loop { Ask . Loop }", [s.rec("Loop", [ask, s.again("Loop"), yes])]),
    says: "Yes: the step 'Yes' comes after its block goes again to 'Loop'. Remove the step, or put it before. Also: Loop.",
  },
  {
    code: "AURA1403",
    name: "a step after abort",
    global: s.poll("Ask . abort", [ask, s.abort(), yes]),
    says: "Yes: the step 'Yes' comes after its block aborts. Remove the step, or put it before. Also: abort.",
  },
  {
    code: "AURA1404",
    name: "a recursion without turns",
    global: s.poll(loop, [s.rec("Loop", asking, 0)]),
    says: "Loop: atMost is 0, and a recursion needs a number of turns. Give a whole number from 1, or the name of a parameter.",
  },
  {
    code: "AURA1405",
    name: "a recursion in one of its name",
    global: s.poll("rec Loop { Ask . rec Loop { Yes . Loop } }", []),
    says: "session: the session names a recursion 'Loop' inside the recursion 'Loop': rename one. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1405",
    name: "a recursion and a step of one name",
    global: s.poll("rec Loop { Ask . Loop } . Loop", []),
    says: "session: the session names a step and a recursion 'Loop': rename one. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1406",
    name: "an again out of a block",
    global: s.poll("rec Loop { Ask . ( Yes . Loop || No ) }", []),
    says: "session: the session goes back to 'Loop' out of a parallel: its blocks end on their own. Correct the session notation at the head of the choreography.",
  },
  {
    code: "AURA1407",
    name: "a step that is never reached",
    global: s.poll("rec Loop { Ask . Loop } . Yes", [s.rec("Loop", [ask, s.again("Loop")]), yes]),
    says: "Yes: the step 'Yes' is never reached: 'Loop' always goes again or aborts. Remove the step, or let a way through what is before it come to its end. Also: Loop.",
  },
  {
    code: "AURA1501",
    name: "a role of the callee that nobody plays",
    global: s.poll("Sub", [s.call("Sub", { roles: { leader: "chair" } })]),
    says: `Sub: the role 'helper' of sub is played by nobody. Add helper: "…" to roles, with the role here that plays it.`,
  },
  {
    code: "AURA1502",
    name: "a role that the callee has not",
    global: s.poll("Sub", [
      s.call("Sub", { roles: { leader: "chair", helper: "voter", guest: "clerk" } }),
    ]),
    says: "Sub: sub has no role 'guest'. Name one of: leader, helper.",
  },
  {
    code: "AURA1104",
    name: "a role of nobody's for the callee",
    global: s.poll("Sub", [s.call("Sub", { roles: { leader: "chair", helper: "guest" } })]),
    says: "Sub, role guest: 'guest' is not a role of poll. Name one of: chair, clerk, voter.",
  },
  {
    code: "AURA1503",
    name: "a family in the place of one device",
    global: s.poll("Sub", [s.call("Sub", { roles: { leader: "voter", helper: "chair" } })]),
    says: "Sub, role voter: one device plays 'leader' of sub, and 'voter' is a family. Pass a role that one device plays.",
  },
  {
    code: "AURA1504",
    name: "a role that plays two",
    global: s.poll("Sub", [s.call("Sub", { roles: { leader: "chair", helper: "chair" } })]),
    says: "Sub, role chair: 'chair' plays both 'leader' and 'helper' of sub. Pass a role of this choreography for one role only.",
  },
  {
    code: "AURA1505",
    name: "a choreography that calls itself",
    global: s.poll("Sub", [s.call("Sub", { callee: { ...s.sub, name: "poll" } })]),
    says: "Sub: poll calls itself. Repeat with a recursion inside one choreography, which has a bound.",
  },
  {
    code: "AURA1505",
    name: "a choreography that is called by its callee",
    global: s.poll("Sub", [s.call("Sub", { callee: { ...s.sub, calls: ["poll"] } })]),
    says: "Sub: poll calls sub, which calls poll. Repeat with a recursion inside one choreography, which has a bound.",
  },
  {
    code: "AURA1506",
    name: "a lock that is taken twice",
    global: s.poll("Take . Retake . Give", [take, s.acquire("Retake", "keys"), give]),
    says: "Retake: the lock 'keys' is held already. Release it first, or take it once. Also: Take.",
  },
  {
    code: "AURA1507",
    name: "a lock that is not held",
    global: s.poll("Give", [give]),
    says: "Give: the lock 'keys' is not held here. Acquire it first on every path, and release it once.",
  },
  {
    code: "AURA1508",
    name: "a lock that is kept",
    global: s.poll("Take", [take]),
    says: "Take: the lock 'keys' is still held at the end. Release it on every path.",
  },
  {
    code: "AURA1509",
    name: "a lock that one branch gives back",
    global: s.poll("Take . { Yes . Give | No }", [
      take,
      s.choice("chair", { Yes: [yes, give], No: [no] }),
    ]),
    says: "Yes | No: the lock 'keys' is held after 'No' and not after 'Yes'. Release it in every branch, or in none and after the choice. Also: No, Yes.",
  },
  {
    code: "AURA1510",
    name: "an abort with a lock",
    global: s.poll("Take . abort", [take, s.abort()]),
    says: "abort: the session aborts while the lock 'keys' is held. Release it before. Also: Take.",
  },
  {
    code: "AURA1510",
    name: "a turn that loses a lock",
    global: s.poll("Take . rec Loop { Give . { More . Loop | Done } }", [
      take,
      s.rec("Loop", [give, s.choice("chair", { More: more, Done: [s.broadcast("Done")] })]),
    ]),
    says: "Loop: the session goes again without the lock 'keys' that it began the turn with. Acquire it again before.",
  },
  {
    code: "AURA1511",
    name: "two blocks with one lock",
    global: s.poll("( Take . Give || Retake . Regive )", [
      s.parallel({
        Take: [take, give],
        Retake: [s.acquire("Retake", "keys"), s.release("Regive", "keys")],
      }),
    ]),
    says: "Retake: two blocks of 'Take || Retake' use the lock 'keys' side by side. Take the lock around the parallel, or in one block only. Also: Give.",
  },
  {
    code: "AURA1512",
    name: "locks in two orders",
    global: s.poll("A . B . C . D . E . F . G . H", [
      s.acquire("A", "keys"),
      s.acquire("B", "doors"),
      s.release("C", "doors"),
      s.release("D", "keys"),
      s.acquire("E", "doors"),
      s.acquire("F", "keys"),
      s.release("G", "keys"),
      s.release("H", "doors"),
    ]),
    says: "F: the lock 'keys' is taken while 'doors' is held, and elsewhere the other way round. Take the locks in one order everywhere: else two sessions wait for each other. Also: B.",
  },
  {
    code: "AURA1513",
    name: "a taker that is not told of the release",
    global: s.poll("Take . Give", [take, { ...give, roles: { leader: "clerk", helper: "voter" } }]),
    says: "Give: 'chair' takes the lock 'keys', and takes no part in releasing it. Let the same roles take part in both. Also: Take.",
  },
  {
    code: "AURA1513",
    name: "a releaser that never took",
    global: s.poll("Take . Give", [{ ...take, callee: alone, roles: { leader: "chair" } }, give]),
    says: "Give: 'voter' releases the lock 'keys', and took no part in taking it. Let the same roles take part in both. Also: Take.",
  },
];
