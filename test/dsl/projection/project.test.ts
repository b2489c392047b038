/** Projection by value, verb by verb. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { project } from "../../../dsl/index.ts";
import type { Call, Check, Distribute, GlobalStep, ProjectedNode } from "../../../dsl/index.ts";
import { protocol } from "../arbitrary.ts";
import { answer, ask, base, count, note, tell } from "../base.ts";
import { shown } from "../shown.ts";
import { between, choice, parallel, send } from "../steps.ts";

/** What `role` does at `step`, the end of its script left out. */
function at(role: string, step: GlobalStep<string>): readonly ProjectedNode<string>[] {
  return project({ ...base, steps: [step] }, role).slice(0, -1);
}

const write = { instruction: "WriteToLedger", event: "Event", payload: "payload" };
const wait = { instruction: "AwaitEvent", from: "chair", event: "Event", within: "within" };
const gather = {
  instruction: "AwaitThreshold",
  label: "Answer",
  from: "voter",
  event: "Event",
  atLeast: "threshold",
  within: "within",
  accept: "accept",
};

describe("project", () => {
  it("has the broadcaster write and the others wait", () => {
    expect(at("chair", ask)).toEqual([{ ...write, label: "Ask" }]);
    expect(at("voter", ask)).toEqual([{ ...wait, label: "Ask" }]);
  });

  it("gives the receivers alone the check", () => {
    const checked = { ...ask, accept: "check" };
    expect(at("chair", checked)).toEqual([{ ...write, label: "Ask" }]);
    expect(at("voter", checked)).toEqual([{ ...wait, label: "Ask", accept: "check" }]);
  });

  it("has the sender write, the receiver wait and check, and the others do nothing", () => {
    expect(at("chair", tell)).toEqual([{ ...write, label: "Tell" }]);
    expect(at("clerk", tell)).toEqual([{ ...wait, label: "Tell", accept: "accept" }]);
    expect(at("voter", tell)).toEqual([]);
  });

  it("has the members of a family write and wait, and the others wait", () => {
    expect(at("voter", answer)).toEqual([{ ...write, label: "Answer" }, gather]);
    expect(at("chair", answer)).toEqual([gather]);
  });

  it("has everyone compute what is placed there, and else the place alone", () => {
    expect(at("chair", count)).toEqual([
      { instruction: "Compute", label: "Count", action: "count" },
    ]);
    expect(at("voter", count)).toEqual([
      { instruction: "Compute", label: "Count", action: "count" },
    ]);
    expect(at("chair", note)).toEqual([{ instruction: "Compute", label: "Note", action: "note" }]);
    expect(at("voter", note)).toEqual([]);
  });

  it("has those sleep who are to", () => {
    const sleep = { instruction: "WaitEpochs", label: "Rest", epochs: "span" };
    const rest = { verb: "wait", label: "Rest", epochs: "span" } as const;
    expect(at("chair", { ...rest, at: "chair" })).toEqual([sleep]);
    expect(at("voter", { ...rest, at: "chair" })).toEqual([]);
    expect(at("voter", { ...rest, at: "everyone" })).toEqual([sleep]);
  });

  it("has a family that is sent something wait for what is addressed to each", () => {
    const deal = { ...tell, to: "voter", onTimeout: "absent" } as const;
    const dealt = { ...wait, label: "Tell", addressed: true, onTimeout: "absent" };
    expect(at("chair", deal)).toEqual([{ ...write, label: "Tell", toEach: "voter" }]);
    expect(at("voter", deal)).toEqual([{ ...dealt, accept: "accept" }]);
    expect(at("clerk", deal)).toEqual([]);
    expect(at("chair", { ...deal, sealed: true })).toEqual([
      { ...write, label: "Tell", sealedTo: "voter", toEach: "voter" },
    ]);
    expect(at("voter", { ...deal, sealed: true })).toEqual([
      { ...dealt, sealed: true, accept: "accept" },
    ]);
  });

  it("has a family that distributes write to each, and the other gather", () => {
    const deal: Distribute<string> = { ...answer, verb: "distribute", to: "voter" };
    const given = { ...write, label: "Answer", toEach: "voter" };
    expect(at("voter", deal)).toEqual([given, { ...gather, addressed: true }]);
    expect(at("chair", deal)).toEqual([]);
    expect(at("voter", { ...deal, to: "chair", sealed: true })).toEqual([
      { ...given, sealedTo: "chair", toEach: "chair" },
    ]);
    expect(at("chair", { ...deal, to: "chair", sealed: true })).toEqual([
      { ...gather, addressed: true, sealed: true },
    ]);
  });

  it("has one role look for an earlier event", () => {
    const look = (of: string): Check => ({ verb: "check", label: "Look", at: "chair", of });
    const seen = (of: string, role = "chair") =>
      project({ ...base, steps: [choice("chair", [ask], [answer]), look(of)] }, role).slice(1, -1);
    const check = { instruction: "CheckForEvent", label: "Look", event: "Event" };
    expect(seen("Ask")).toEqual([{ ...check, of: "Ask", from: "chair" }]);
    expect(seen("Answer")).toEqual([{ ...check, of: "Answer", from: "voter", collected: true }]);
    expect(() => seen("Elsewhere")).toThrow("the check 'Look' looks for 'Elsewhere'");
  });

  it("has those run a nested choreography who play a role in it", () => {
    const nested: Call<string> = {
      verb: "call",
      label: "Run",
      choreography: "other",
      callee: { name: "other", roles: { host: "one", guest: "many" }, calls: [] },
      roles: { host: "chair", guest: "voter" },
      params: "params",
      onAbort: "absent",
    };
    const run = {
      instruction: "RunSubProtocol",
      label: "Run",
      choreography: "other",
      cast: nested.roles,
      params: "params",
      families: ["guest"],
    };
    expect(at("chair", nested)).toEqual([{ ...run, as: "host", onAbort: "absent" }]);
    expect(at("voter", nested)).toEqual([{ ...run, as: "guest", onAbort: "absent" }]);
    expect(at("clerk", nested)).toEqual([]);
    const { onAbort: _, ...plain } = nested;
    for (const verb of ["acquire", "release"] as const) {
      expect(at("chair", { ...plain, verb, lock: "tree" })).toEqual([{ ...run, as: "host" }]);
    }
  });

  it("forks where a role is in two blocks, and leaves out the blocks that it is not in", () => {
    const both = parallel([send("A", "p", "q")], [send("B", "q", "p"), send("C", "p", "r")]);
    const inBlocks = (role: string) => shown(project(between(both, send("D", "p", "s")), role));
    expect(inBlocks("p")).toBe("( !A || ?B . !C ) . !D . end");
    expect(inBlocks("q")).toBe("( ?A || !B ) . end");
    expect(inBlocks("r")).toBe("?C . end");
    expect(inBlocks("s")).toBe("?D . end");
  });

  it("ends without a value where the session has none", () => {
    expect(project(between(), "p")).toEqual([{ instruction: "Return" }]);
  });

  it("ends every script with the result", () => {
    for (const role of ["chair", "voter"]) {
      expect(project(base, role).at(-1)).toEqual({ instruction: "Return", label: "Count" });
    }
  });

  it("keeps the order of the steps, and writes every event at one role only", () => {
    fc.assert(
      fc.property(protocol, (global) => {
        const scripts = Object.keys(global.roles).map((role) => ({
          role,
          nodes: project(global, role),
        }));
        const order = global.steps.map(({ label }) => label);
        for (const { nodes } of scripts) {
          const places = nodes.slice(0, -1).map(({ label = "" }) => order.indexOf(label));
          expect(places).toEqual(places.toSorted((a, b) => a - b));
        }
        for (const step of global.steps) {
          const writers = scripts.flatMap(({ role, nodes }) =>
            nodes.some((node) => node.instruction === "WriteToLedger" && node.label === step.label)
              ? [role]
              : [],
          );
          expect(writers).toEqual("by" in step ? [step.by] : []);
        }
      }),
    );
  });

  it("has every role take part in what everyone is told, and two in what one is told", () => {
    fc.assert(
      fc.property(protocol, (global) => {
        const told = global.steps.filter((step) => "by" in step);
        for (const role of Object.keys(global.roles)) {
          const labels = new Set(project(global, role).map(({ label }) => label));
          for (const step of told) {
            const takesPart = step.verb !== "send" || [step.by, step.to].includes(role);
            expect(labels.has(step.label) || step.label === global.result).toBe(
              takesPart || step.label === global.result,
            );
          }
        }
      }),
    );
  });
});
