/** Choices in a loop, whatever the order in which events reach the devices. */
import { expect, it } from "vitest";
import type { ScriptNode } from "../../dsl/index.ts";
import { networkOf, orderOf, untilOverAll } from "./network.ts";
import { again, gather, hear, loop, offer, say, scriptOf, select, sessionOf } from "./scripts.ts";
import { outcomeOf, stageOf } from "./stage.ts";

interface Turning {
  readonly turn: number;
}

/** The leader is turns ahead of the others: it waits for nobody before it stops. */
const leader = [
  loop(
    "X",
    5,
    select(
      {
        More: [say("More", ({ turn }: Turning) => ({ text: `${turn}` })), again("X")],
        Skip: [
          say("Skip", "skip"),
          say("News", ({ turn }: Turning) => ({ text: `${turn}` })),
          again("X"),
        ],
        Stop: [say("Stop", "stop"), say("News", "last")],
      },
      ({ turn }: Turning) => ["Skip", "More", "Skip", "More", "Stop"][turn],
    ),
  ),
  gather("Bye", "crowd", "all"),
];
const member = [
  loop(
    "X",
    5,
    offer("leader", {
      More: [hear("More", "leader"), again("X")],
      Skip: [hear("Skip", "leader"), hear("News", "leader"), again("X")],
      Stop: [hear("Stop", "leader"), hear("News", "leader")],
    }),
  ),
  say("Bye", ({ More, News }: Readonly<Record<string, { readonly text: string }>>) => ({
    text: `${More?.text} ${News?.text}`,
  })),
  gather("Bye", "crowd", "all"),
];

it.each(Array.from({ length: 25 }, (_, seed) => seed))("order %i", async (seed) => {
  const stage = stageOf(3, "own");
  const network = networkOf(stage);
  const session = sessionOf(stage.roster, { leader: "alice", crowd: ["bob", "carol"] });
  const play = (role: string, device: string, nodes: readonly ScriptNode[]) =>
    stage.play({ script: scriptOf(role, ...nodes), session, device });
  const endings = [
    play("leader", "alice", leader),
    play("crowd", "bob", member),
    play("crowd", "carol", member),
  ];
  await untilOverAll(stage, network, orderOf(seed));
  for (const ending of endings) {
    const { facts, blamed } = outcomeOf(await ending);
    expect(blamed).toEqual([]);
    const text = "3 last";
    expect(facts).toMatchObject({ Bye: [{ payload: { text } }, { payload: { text } }] });
  }
});
