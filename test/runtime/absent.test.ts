/** Waits that can do without, and looks that do not wait. */
import { beforeEach, describe, expect, it } from "vitest";
import { epochs, rejected } from "../../dsl/index.ts";
import type { AnyAccept, ScriptNode } from "../../dsl/index.ts";
import type { Session } from "../../runtime/index.ts";
import { write } from "./forge.ts";
import {
  GaveUp,
  Said,
  again,
  compute,
  gather,
  hear,
  loop,
  say,
  scriptOf,
  select,
  sessionOf,
  sleep,
} from "./scripts.ts";
import { errorOf, outcomeOf, pass, stageOf, untilOver } from "./stage.ts";
import type { Stage } from "./stage.ts";

let stage: Stage;
let session: Session;

beforeEach(() => {
  stage = stageOf(5);
  const cast = { leader: "alice", server: "bob", crowd: ["carol", "dave"] };
  session = sessionOf(stage.roster, cast);
});

const place = { event: Said, within: epochs(5), onTimeout: "absent" } as const;
const answer: ScriptNode = { ...place, instruction: "AwaitEvent", label: "Answer", from: "leader" };
const votes = (atLeast: number | "all", accept?: AnyAccept): ScriptNode => ({
  ...place,
  ...{ instruction: "AwaitThreshold", label: "Votes", from: "crowd", atLeast },
  ...(accept === undefined ? {} : { accept }),
});

const play = (...nodes: readonly ScriptNode[]) =>
  stage.play({ script: scriptOf("server", ...nodes), session, device: "bob" });

const forge = (device: string, step: string, text: unknown = device, iteration = 0) =>
  write(stage.ledger(device), stage.device(device), session, step, Said, { text }, { iteration });

const leave = (device: string) =>
  write(stage.ledger(device), stage.device(device), session, "aborted.role", GaveUp, {
    reason: "gone",
    blamed: [],
  });

describe("an event that may be missing", () => {
  it("is absent at the deadline, and not before", async () => {
    const bob = play(answer, { instruction: "GetCurrentEpoch", label: "Now" });
    await pass(stage, 4);
    expect(stage.running()).toBe(1);
    await pass(stage, 1);
    expect(outcomeOf(await bob).facts).toEqual({ Answer: undefined, Now: 5 });
  });

  it("is there if it comes at the deadline", async () => {
    stage.clock.at(5, () => void forge("alice", "Answer"));
    const bob = play(answer);
    await untilOver(stage);
    expect(outcomeOf(await bob).result).toEqual({ text: "alice" });
    expect(stage.clock.epoch()).toBe(5);
  });

  it("is there if it comes after the clock has struck, and another wait saw to it", async () => {
    const bob = play(answer);
    await stage.settle();
    stage.clock.advanceTo(5);
    forge("alice", "Answer");
    await untilOver(stage);
    expect(outcomeOf(await bob).result).toEqual({ text: "alice" });
  });

  it("is absent at once where it was refused, and its author blamed", async () => {
    forge("alice", "Answer", 7);
    const { facts, blamed } = outcomeOf(await play(answer));
    expect(facts).toEqual({ Answer: undefined });
    expect(blamed).toMatchObject([{ device: "alice", reason: "MalformedPayload" }]);
    expect(stage.clock.epoch()).toBe(0);
  });

  it("is absent at once where its author gave up; what comes after is over", async () => {
    leave("alice");
    expect(outcomeOf(await play(answer)).facts).toEqual({ Answer: undefined });
    session = sessionOf(stage.roster, session.cast, { another: true });
    leave("alice");
    const error = errorOf(await play(answer, hear("Next", "leader")));
    expect(error).toMatchObject({ code: "Aborted", where: { step: "Next" } });
  });

  it("is no reason to go on where another role ended the session", async () => {
    session = sessionOf(stage.roster, { leader: "alice", server: "bob", other: "erin" });
    const bob = play(answer);
    await stage.settle();
    leave("erin");
    expect(errorOf(await bob)).toMatchObject({ code: "Aborted", where: { step: "Answer" } });
  });

  it("decides a choice, which stands when it comes later after all", async () => {
    const decide = ({ Answer }: { readonly Answer: unknown }) =>
      Answer === undefined ? "Expire" : "Confirm";
    const choice = select({ Confirm: [say("Confirm", "c")], Expire: [say("Expire", "e")] }, decide);
    const first = play(answer, choice);
    await untilOver(stage);
    expect(outcomeOf(await first).facts).toHaveProperty("Expire");
    forge("alice", "Answer");
    const { facts } = outcomeOf(await play(answer, choice));
    expect(facts).toEqual({ Answer: { text: "alice" }, Expire: { text: "e" } });
    const steps = stage.ledger("bob").events({ session: session.id, authors: ["bob"] });
    expect(steps.map(({ step }) => step)).toEqual(["Expire", "completed.server"]);
  });
});

describe("contributions that may be too few", () => {
  const authorsOf = (value: unknown) =>
    Array.isArray(value) ? value.map((each: { readonly author: string }) => each.author) : value;

  it("are those that came by the deadline", async () => {
    forge("dave", "Votes");
    const bob = play(votes("all"));
    await untilOver(stage);
    expect(authorsOf(outcomeOf(await bob).result)).toEqual(["dave"]);
    expect(stage.clock.epoch()).toBe(5);
  });

  it("are none, or all at once", async () => {
    const none = play(votes(1));
    await untilOver(stage);
    expect(outcomeOf(await none).result).toEqual([]);
    forge("dave", "Votes");
    forge("carol", "Votes");
    expect(authorsOf(outcomeOf(await play(votes("all"))).result)).toEqual(["carol", "dave"]);
  });

  it("are what is there once too many are refused or gone", async () => {
    forge("dave", "Votes");
    leave("carol");
    expect(authorsOf(outcomeOf(await play(votes("all"))).result)).toEqual(["dave"]);
    session = sessionOf(stage.roster, session.cast, { another: true });
    for (const device of ["carol", "dave"]) forge(device, "Votes");
    const picky = ({ text }: { readonly text: string }) =>
      text === "dave" ? { accepted: true } : rejected("Rude", "no");
    const { result, blamed } = outcomeOf(await play(votes("all", picky as AnyAccept)));
    expect(authorsOf(result)).toEqual(["dave"]);
    expect(blamed).toMatchObject([{ device: "carol", reason: "Rude" }]);
    expect(stage.clock.epoch()).toBe(0);
  });
});

describe("a look", () => {
  const look = (of: string, from: string, collected?: true): ScriptNode => ({
    ...{ instruction: "CheckForEvent", label: "Look", of, from, event: Said },
    ...(collected === undefined ? {} : { collected }),
  });

  it("at a collect gives the contributions so far, and no more than are accepted", async () => {
    forge("carol", "Votes");
    forge("dave", "Votes", 7);
    const { result, blamed } = outcomeOf(await play(look("Votes", "crowd", true)));
    expect(result).toMatchObject([{ author: "carol", payload: { text: "carol" } }]);
    expect(blamed).toMatchObject([{ device: "dave" }]);
  });

  it("sees what came after a wait was over", async () => {
    forge("carol", "Votes");
    const bob = play(gather("Votes", "crowd", 1), sleep("Nap", 1), look("Votes", "crowd", true));
    await stage.settle();
    forge("dave", "Votes");
    await untilOver(stage);
    expect(outcomeOf(await bob).result).toHaveLength(2);
  });

  it("at a step that this role does not perform is at its latest turn", async () => {
    forge("alice", "Answer", "zero", 0);
    forge("alice", "Answer", "two", 2);
    forge("carol", "Answer", "seven", 7);
    expect(outcomeOf(await play(look("Answer", "leader"))).result).toEqual({ text: "two" });
  });

  it("at a step that this role performs is at its own turn", async () => {
    for (const turn of [0, 1, 2]) forge("alice", "Answer", `${turn}`, turn);
    const seen: unknown[] = [];
    const keep = compute("Keep", ({ Look }: { readonly Look: unknown }) => seen.push(Look));
    const more = select({ On: [again("X")], Off: [] }, ({ turn }: { readonly turn: number }) =>
      turn < 1 ? "On" : "Off",
    );
    outcomeOf(await play(loop("X", 2, answer, look("Answer", "leader"), keep, more)));
    expect(seen).toEqual([{ text: "0" }, { text: "1" }]);
  });
});
