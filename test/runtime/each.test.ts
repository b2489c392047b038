/** An event for each member of a family: slots, seals and thresholds. */
import { beforeEach, describe, expect, it } from "vitest";
import { accepted, epochs, rejected } from "../../dsl/index.ts";
import type { Collected, ScriptNode } from "../../dsl/index.ts";
import type { Session } from "../../runtime/index.ts";
import { write } from "./forge.ts";
import { Said, again, compute, loop, scriptOf, select, sessionOf } from "./scripts.ts";
import { errorOf, outcomeOf, stageOf, untilOver } from "./stage.ts";
import type { Ending, Stage } from "./stage.ts";

let stage: Stage;
let session: Session;

const family = ["bob", "carol", "dave"];

beforeEach(() => {
  stage = stageOf(4);
  session = sessionOf(stage.roster, { leader: "alice", crowd: family });
});

interface Telling {
  readonly self: string;
  readonly to: string;
  readonly turn: number;
}

const sealings = [
  ["open", {}, {}],
  ["sealed", { sealedTo: "crowd" }, { sealed: true }],
] as const;
type Sealing = (typeof sealings)[number];

const secret = ({ self, to, turn }: Telling) => ({
  text: `${self} to ${to}${turn === 0 ? "" : turn}`,
});
const tell = (seal: Sealing[1]): ScriptNode => ({
  instruction: "WriteToLedger",
  label: "Share",
  event: Said,
  payload: secret,
  toEach: "crowd",
  ...seal,
});
const own = (opening: Sealing[2]): ScriptNode => ({
  instruction: "AwaitEvent",
  label: "Share",
  from: "leader",
  event: Said,
  within: epochs(5),
  addressed: true,
  ...opening,
});
const shares = (
  opening: Sealing[2],
  atLeast: number | string = "all",
  accept = () => accepted,
): ScriptNode => ({
  instruction: "AwaitThreshold",
  label: "Share",
  from: "crowd",
  event: Said,
  atLeast,
  within: epochs(5),
  addressed: true,
  accept,
  ...opening,
});

const play = (role: string, device: string, ...nodes: readonly ScriptNode[]) =>
  stage.play({ script: scriptOf(role, ...nodes), session, device });

const events = () => stage.ledger("alice").events({ session: session.id });
const slots = () =>
  events()
    .filter(({ type }) => type === "Said")
    .map(({ step, iteration, author }) => `${step}#${iteration} ${author}`);

async function ended(endings: readonly Promise<Ending>[]): Promise<readonly unknown[]> {
  await untilOver(stage);
  return (await Promise.all(endings)).map((ending) => outcomeOf(ending).facts["Share"]);
}

describe.each(sealings)("%s: one role tells each of a family", (name, seal, opening) => {
  const all = () => [
    play("leader", "alice", tell(seal)),
    ...family.map((device) => play("crowd", device, own(opening))),
  ];

  it("something of its own, and keeps nothing of it", async () => {
    const said = await ended(all());
    expect(said).toEqual([undefined, ...family.map((to) => ({ text: `alice to ${to}` }))]);
    expect(slots()).toEqual(family.map((to) => `Share.${to}#0 alice`));
    const readable = events().filter(({ bytes }) => Buffer.from(bytes).includes("alice to"));
    expect(readable.length).toBe(name === "open" ? 3 : 0);
  });

  it("the same when it runs again, and writes nothing twice", async () => {
    const said = await ended(all());
    const before = events().map(({ hash }) => hash);
    expect(await ended(all())).toEqual(said);
    expect(events().map(({ hash }) => hash)).toEqual(before);
  });

  it("something in each turn of a loop", async () => {
    const more = select({ On: [again("X")], Off: [] }, ({ turn }: { readonly turn: number }) =>
      turn === 0 ? "On" : "Off",
    );
    const keep = compute("Keep", ({ Share }: { readonly Share: unknown }) => Share);
    const endings = [
      play("leader", "alice", loop("X", 2, tell(seal), more)),
      play("crowd", "bob", loop("X", 2, own(opening), keep, more)),
    ];
    expect((await ended(endings))[1]).toEqual({ text: "alice to bob1" });
    expect(slots().filter((slot) => slot.startsWith("Share.bob"))).toEqual([
      "Share.bob#0 alice",
      "Share.bob#1 alice",
    ]);
  });
});

describe.each(sealings)("%s: each of a family tells each", (name, seal, opening) => {
  const member = (device: string, atLeast: number | string = "all") =>
    play("crowd", device, tell(seal), shares(opening, atLeast));

  it("itself among them, and all receive their own", async () => {
    const received = await ended(family.map((device) => member(device)));
    const expected = family.map((to) =>
      family.map((author) => ({ author, payload: { text: `${author} to ${to}` } })),
    );
    expect(received).toMatchObject(expected);
    expect(slots()).toHaveLength(9);
  });

  it("until enough authors are heard, whoever is silent", async () => {
    const [bob, carol] = await ended(["bob", "carol"].map((device) => member(device, 2)));
    const authors = [bob, carol].map((each) =>
      (each as Collected<unknown>).map(({ author }) => author),
    );
    expect(authors).toEqual([
      ["bob", "carol"],
      ["bob", "carol"],
    ]);
  });

  it("and one that tells a receiver nonsense is blamed by it", async () => {
    write(stage.ledger("dave"), stage.device("dave"), session, "Share.bob", Said, { text: 7 });
    const endings = ["bob", "carol"].map((device) => member(device, 2));
    await untilOver(stage);
    const blamed = (await Promise.all(endings)).map((ending) => outcomeOf(ending).blamed);
    expect(blamed).toMatchObject([[{ device: "dave", reason: "MalformedPayload" }], []]);
  });

  it("and one that is refused by all ends it where all are needed", async () => {
    const never = () => rejected("BadShare", "no");
    const bob = play("crowd", "bob", tell(seal), shares(opening, "all", never));
    await untilOver(stage);
    expect(errorOf(await bob)).toMatchObject({ code: "Rejected", where: { step: "Share" } });
  });
});

describe("a slot of its own", () => {
  it("is not read by the others", async () => {
    write(stage.ledger("alice"), stage.device("alice"), session, "Share", Said, { text: "all" });
    write(stage.ledger("alice"), stage.device("alice"), session, "Share.carol", Said, {
      text: "c",
    });
    const bob = play("crowd", "bob", own({}));
    await untilOver(stage);
    expect(errorOf(await bob).code).toBe("Timeout");
  });

  it("that holds two things is blamed on its author", async () => {
    for (const text of ["one", "two"]) {
      write(stage.ledger("alice"), stage.device("alice"), session, "Share.bob", Said, { text });
    }
    const error = errorOf(await play("crowd", "bob", own({})));
    expect(error.blamed).toMatchObject([{ device: "alice", reason: "Equivocation" }]);
  });

  it("has room for the longest label and the longest device id", () => {
    const step = `${"L".repeat(64)}.${"d".repeat(32)}`;
    const event = write(stage.ledger("alice"), stage.device("alice"), session, step, Said, {
      text: "x",
    });
    expect(stage.ledger("alice").get(event.hash)?.step).toBe(step);
    const tooLong = "L".repeat(129);
    expect(() =>
      write(stage.ledger("alice"), stage.device("alice"), session, tooLong, Said, { text: "x" }),
    ).toThrow("does not fit its envelope");
  });
});
