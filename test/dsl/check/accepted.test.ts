/** What is well formed, in every verb: nothing is found in it. */
import { describe, expect, it } from "vitest";
import { checkGlobal } from "../../../dsl/index.ts";
import type { GlobalType } from "../../../dsl/index.ts";
import * as s from "../poll-steps.ts";

const ask = s.broadcast("Ask");
const absent = { onTimeout: "absent" } as const;

const accepted: Readonly<Record<string, GlobalType<string>>> = {
  "two buyers": s.poll("Title . Price . { Accept . Address | Reject }", [
    s.send("Title"),
    s.send("Price", { by: "clerk", to: "chair" }),
    s.choice("chair", {
      Accept: [s.broadcast("Accept"), s.send("Address", { by: "clerk", to: "chair" })],
      Reject: [s.broadcast("Reject")],
    }),
  ]),
  "any one of a family": s.poll("Answer{any p ∈ voter}", [s.collect("Answer", { atLeast: 1 })]),
  "the long form": s.poll("Ask(AskEvent) . Answer{p ∈ voter}(AnswerEvent)", [
    ask,
    s.collect("Answer"),
  ]),
  "an arrow in the place of a dot": s.poll("Ask → Answer*", [ask, s.collect("Answer")]),
  "a step that may be missing": s.poll("Ask? . Answer*? . Sub?", [
    s.broadcast("Ask", absent),
    s.collect("Answer", absent),
    s.call("Sub", { onAbort: "absent" }),
  ]),
  "one wait with absence, and a longer one for who waits": s.poll("Tell? . Ask", [
    s.send("Tell", { by: "clerk", to: "chair", within: "epochs(9)", ...absent }),
    s.broadcast("Ask", { within: "epochs(9)" }),
  ]),
  "a sleep at everyone, and a wait": s.poll("Rest . Ask", [
    s.wait("Rest", "everyone", "epochs(50)"),
    ask,
  ]),
  "a sleep before which the others wait": s.poll("Rest . Ask . Again", [
    s.wait("Rest", "chair", "epochs(5)"),
    ask,
    s.broadcast("Again"),
  ]),
  "a sleep of a length that only the parameters say": s.poll("Rest . Ask", [
    s.wait("Rest", "chair", "params.span"),
    ask,
  ]),
  "a recursion with a way out": s.poll(
    "rec Loop { Ask . { More . Loop | Done } } . Last",
    [
      s.rec("Loop", [
        ask,
        s.choice("chair", {
          More: [s.broadcast("More"), s.again("Loop")],
          Done: [s.broadcast("Done")],
        }),
      ]),
      s.broadcast("Last"),
    ],
    { result: "Last" },
  ),
  "a recursion that is bounded by a parameter": s.poll("rec Loop { Ask . Loop }", [
    s.rec("Loop", [ask, s.again("Loop")], "rounds"),
  ]),
  "blocks side by side, which look for each other's events": s.poll("( Ask . Seen || Answer* )", [
    s.parallel({
      Ask: [ask, s.check("Seen", "chair", "Answer")],
      Answer: [s.collect("Answer", { atLeast: 2 })],
    }),
  ]),
  "a look for what a later step of the last turn wrote": s.poll("rec Loop { Seen . Ask . Loop }", [
    s.rec("Loop", [s.check("Seen", "voter", "Ask"), ask, s.again("Loop")]),
  ]),
  "a distribution, which is nobody's result": s.poll("Deal*", [s.distribute("Deal")]),
  "a message to each of a family": s.poll("Tell", [s.send("Tell", { to: "voter", sealed: true })]),
  "a lock that is taken and given back in each branch": s.poll(
    "Take . { Yes . Give | No . Regive . abort }",
    [
      s.acquire("Take", "keys"),
      s.choice("chair", {
        Yes: [s.broadcast("Yes"), s.release("Give", "keys")],
        No: [s.broadcast("No"), s.release("Regive", "keys"), s.abort()],
      }),
    ],
  ),
  "locks in one order": s.poll("A . B . C . D . E . F . G . H", [
    s.acquire("A", "keys"),
    s.acquire("B", "doors"),
    s.release("C", "keys"),
    s.release("D", "doors"),
    s.acquire("E", "keys"),
    s.acquire("F", "doors"),
    s.release("G", "doors"),
    s.release("H", "keys"),
  ]),
  "one label in two branches": s.poll("{ Yes . Done | No . Done }", [
    s.choice("chair", {
      Yes: [s.broadcast("Yes"), s.broadcast("Done")],
      No: [s.broadcast("No"), s.broadcast("Done")],
    }),
  ]),
  "what everyone decides alike": s.poll("Answer* . { Yes | No }", [
    s.collect("Answer"),
    s.choice("everyone", { Yes: [s.broadcast("Yes", { by: "clerk" })], No: [s.broadcast("No")] }),
  ]),
  "a family of the callee that one device plays": s.poll("Sub", [
    s.call("Sub", { roles: { leader: "clerk", helper: "chair" } }),
  ]),
  "the result of a call that everyone takes part in": s.poll(
    "Sub",
    [
      s.call("Sub", {
        callee: { ...s.sub, roles: { ...s.sub.roles, third: "one" } },
        roles: { leader: "chair", third: "clerk", helper: "voter" },
      }),
    ],
    { result: "Sub" },
  ),
};

describe("checkGlobal finds nothing in", () => {
  it.each(Object.entries(accepted))("%s", (_, global) => {
    expect(checkGlobal(global)).toEqual([]);
  });
});
