/** Loops between devices: each turn has slots, collectors, randomness and sessions of its own. */
import { beforeEach, describe, expect, it } from "vitest";
import { accepted, rejected } from "../../dsl/index.ts";
import type { ActionContext, ScriptNode } from "../../dsl/index.ts";
import { MemoryLedger } from "../../runtime/index.ts";
import type { Session } from "../../runtime/index.ts";
import { toHex } from "../../runtime/crypto/hash.ts";
import { deliver, write } from "./forge.ts";
import {
  Said,
  again,
  compute,
  gather,
  hear,
  loop,
  offer,
  say,
  scriptOf,
  select,
  sessionOf,
} from "./scripts.ts";
import { errorOf, outcomeOf, stageOf, untilOver } from "./stage.ts";
import type { Stage } from "./stage.ts";

let stage: Stage;
let session: Session;

beforeEach(() => {
  stage = stageOf(3);
  const cast = { leader: "alice", crowd: ["bob", "carol"] };
  session = sessionOf(stage.roster, cast, { most: 3 });
});

interface Turning {
  readonly turn: number;
  readonly self: string;
}

const text = ({ turn, self }: Turning) => ({ text: `${self} ${turn}` });

/** The leader asks, all answer; after `turns` turns the leader stops. */
const asking = (turns: number, atMost: number | string = "most") =>
  loop(
    "X",
    atMost,
    say("Ask", text),
    gather("Answer", "crowd", "all"),
    select(
      { More: [say("More", "more"), again("X")], Stop: [say("Stop", "stop")] },
      ({ turn }: Turning) => (turn + 1 < turns ? "More" : "Stop"),
    ),
  );
const answering = (atMost: number | string = "most") =>
  loop(
    "X",
    atMost,
    hear("Ask", "leader"),
    say("Answer", text),
    gather("Answer", "crowd", "all"),
    offer("leader", { More: [hear("More", "leader"), again("X")], Stop: [hear("Stop", "leader")] }),
  );

const play = (role: string, device: string, node: ScriptNode, ledger?: MemoryLedger) =>
  stage.play({
    ...{ script: scriptOf(role, node), session, device },
    ...(ledger === undefined ? {} : { ledger }),
  });

const all = (turns: number, ledger?: MemoryLedger) => [
  play("leader", "alice", asking(turns), ledger),
  ...[session.cast["crowd"] ?? []]
    .flat()
    .map((device) => play("crowd", device, answering(), ledger)),
];

const eventsOf = (ledger = stage.ledger("alice")) => ledger.events({ session: session.id });
const slotsOf = (ledger?: MemoryLedger) =>
  eventsOf(ledger).map(({ step, iteration, author }) => `${step}#${iteration} ${author}`);

describe("a loop", () => {
  it("of three turns fills the slots of three turns, and then ends", async () => {
    const endings = all(3);
    await untilOver(stage);
    for (const ending of endings) {
      const { facts, blamed } = outcomeOf(await ending);
      expect(facts).toMatchObject({
        Ask: { text: "alice 2" },
        Answer: [{ payload: { text: "bob 2" } }, { payload: { text: "carol 2" } }],
        Stop: { text: "stop" },
      });
      expect(blamed).toEqual([]);
    }
    const slots = slotsOf();
    expect(new Set(slots).size).toBe(slots.length);
    for (const turn of [0, 1, 2]) {
      const own = [`Ask#${turn} alice`, `Answer#${turn} bob`, `Answer#${turn} carol`];
      expect(slots).toEqual(expect.arrayContaining(own));
    }
    expect(slots.filter((slot) => slot.startsWith("More"))).toEqual([
      "More#0 alice",
      "More#1 alice",
    ]);
    expect(slots.filter((slot) => slot.startsWith("Stop"))).toEqual(["Stop#0 alice"]);
    expect(stage.clock.epoch()).toBe(0);
  });

  it("of one turn too many ends the session for all, and says which loop", async () => {
    const endings = all(4);
    await untilOver(stage);
    const [alice, bob, carol] = (await Promise.all(endings)).map(errorOf);
    const what = "the loop 'X' goes into another turn, and may take 3 at most";
    for (const ending of [alice, bob, carol]) {
      expect(ending).toMatchObject({ code: "Infeasible", what });
    }
  });

  it("is followed by a role that comes late to all of it", async () => {
    session = sessionOf(
      stage.roster,
      { leader: "alice", crowd: ["bob"], late: "carol" },
      { most: 3 },
    );
    const [alice, bob] = all(3).slice(0, 2);
    outcomeOf(await alice);
    outcomeOf(await bob);
    const turns = offer("leader", {
      More: [hear("More", "leader"), again("X")],
      Stop: [hear("Stop", "leader")],
    });
    const { facts, blamed } = outcomeOf(await play("late", "carol", loop("X", 3, turns)));
    expect(facts).toEqual({ More: { text: "more" }, Stop: { text: "stop" } });
    expect(blamed).toEqual([]);
  });

  it.each([[true], [false]])(
    "compares an event with its author's of that turn: lie %s",
    async (lies) => {
      if (lies) {
        const bob = [stage.ledger("bob"), stage.device("bob"), session] as const;
        write(...bob, "Echo", Said, { text: "7" }, { iteration: 1 });
      }
      const echo = say("Echo", ({ turn }: Turning) => ({ text: `${turn}` }));
      const same = (
        said: { readonly text: string },
        { earlier }: { readonly earlier: (label: string) => unknown },
      ) =>
        JSON.stringify(earlier("Answer")) === JSON.stringify(said)
          ? accepted
          : rejected("Unfaithful", "not what it said");
      const turns = (...nodes: readonly ScriptNode[]) =>
        loop(
          "X",
          3,
          ...nodes,
          select({ On: [again("X")], Off: [] }, ({ turn }: Turning) => (turn < 2 ? "On" : "Off")),
        );
      const answer = say("Answer", ({ turn }: Turning) => ({ text: `${turn}` }));
      // One echo is enough: those of the slower member are judged in the end, turns later.
      const judge = turns(gather("Answer", "crowd", 2), gather("Echo", "crowd", 1, same));
      const endings = [
        play("crowd", "bob", turns(answer, echo)),
        play("crowd", "carol", turns(answer, gather("Answer", "crowd", 2), echo)),
        play("leader", "alice", judge),
      ];
      await untilOver(stage);
      const { blamed } = outcomeOf(await endings.at(-1));
      const blame = { device: "bob", reason: "Unfaithful", evidence: [expect.any(String)] };
      expect(blamed).toEqual(lies ? [blame] : []);
    },
  );

  it("never draws the same randomness in two turns, nor outside of it", async () => {
    const draw = compute("Draw", ({ entropy }: ActionContext<unknown, unknown>) =>
      toHex(entropy("nonce")(16)),
    );
    const drawn: unknown[] = [];
    const keep = compute("Keep", ({ Draw }: { readonly Draw: unknown }) => drawn.push(Draw));
    const twice = (label: string, ...nodes: readonly ScriptNode[]) =>
      loop(
        label,
        2,
        ...nodes,
        select({ On: [again(label)], Off: [] }, ({ turn }: Turning) => (turn < 1 ? "On" : "Off")),
      );
    const nodes = [
      draw,
      keep,
      twice("X", draw, keep, twice("Y", draw, keep)),
      twice("Z", draw, keep),
    ];
    const script = scriptOf("leader", ...nodes);
    outcomeOf(await stage.play({ script, session, device: "alice" }));
    expect(drawn.length).toBe(1 + 2 + 4 + 2);
    expect(new Set(drawn).size).toBe(drawn.length);
    outcomeOf(await stage.play({ script, session, device: "alice" }));
    expect(drawn.slice(9)).toEqual(drawn.slice(0, 9));
  });
});

describe("a restart in the middle of a loop", () => {
  it("goes on in the turn where the device was killed, and writes nothing twice", async () => {
    // Carol is away, so all stop in the first turn; then she comes, and all run from the start.
    void play("leader", "alice", asking(3));
    void play("crowd", "bob", answering());
    await stage.settle();
    const ledger = new MemoryLedger(stage.roster);
    deliver(stage.ledger("alice"), ledger, session);
    const before = eventsOf(ledger).map(({ hash }) => hash);
    expect(before).toHaveLength(2);
    const endings = await Promise.all(all(3, ledger));
    for (const ending of endings) expect(outcomeOf(ending).blamed).toEqual([]);
    const slots = slotsOf(ledger);
    expect(new Set(slots).size).toBe(slots.length);
    expect(eventsOf(ledger).map(({ hash }) => hash)).toEqual(expect.arrayContaining(before));
  });

  it("at any event gives the same events as a run without it", async () => {
    await Promise.all(all(3));
    const whole = slotsOf().toSorted();
    const events = eventsOf();
    for (let cut = 0; cut <= events.length; cut += 3) {
      const ledger = new MemoryLedger(stage.roster);
      for (const { bytes } of events.slice(0, cut)) ledger.append(bytes);
      for (const ending of await Promise.all(all(3, ledger))) outcomeOf(ending);
      expect(slotsOf(ledger).toSorted()).toEqual(whole);
    }
  });

  it("after its end writes nothing at all", async () => {
    await Promise.all(all(3));
    const before = eventsOf().map(({ hash }) => hash);
    for (const ending of await Promise.all(all(3))) outcomeOf(ending);
    expect(eventsOf().map(({ hash }) => hash)).toEqual(before);
  });
});
