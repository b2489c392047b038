/** The lottery, between four servers. */
import { expect, it } from "vitest";
import { server } from "../../examples/lottery/generated/lottery.server.ts";
import { lying } from "../protocols/lying.ts";
import { perform } from "./theatre.ts";

const servers = ["alice", "bob", "carol", "dave"];
const play = {
  scripts: { server },
  cast: { server: servers },
  params: { tickets: ["ann", "ben", "ben", "cat", "dan"] },
};

it("has one winner, whom all know, and another one another time", async () => {
  const first = await perform(play);
  const winners = new Set(servers.map((device) => first.outcome(device).result));
  expect(winners.size).toBe(1);
  const seen = new Set<unknown>();
  for (let game = 0; game < 12; game += 1) {
    const next = await perform({ ...play, stage: first.stage });
    seen.add(next.outcome("alice").result);
  }
  expect(play.params.tickets).toEqual(expect.arrayContaining([...winners, ...seen]));
  expect(seen.size).toBeGreaterThan(1);
});

it("blames a server that opens another number", async () => {
  const cheat = lying(server, "Reveal", () => ({ number: new Uint8Array(32) }));
  const { error } = await perform({ ...play, instead: { bob: cheat } });
  for (const device of ["alice", "carol", "dave"]) {
    expect(error(device).blamed).toMatchObject([{ device: "bob", reason: "BadOpening" }]);
  }
});
