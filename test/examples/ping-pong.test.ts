/** Ping-pong, run between two devices. */
import { expect, it } from "vitest";
import { pinger } from "../../examples/ping-pong/generated/ping-pong.pinger.ts";
import { ponger } from "../../examples/ping-pong/generated/ping-pong.ponger.ts";
import { errorOf } from "../runtime/stage.ts";
import { expectAllWell, factsOf, perform } from "./theatre.ts";

const scripts = { pinger, ponger };

it.each([0, 1, 5])("is over after %i rounds, without a word", async (rounds) => {
  const played = await perform({ scripts, params: { rounds } });
  expectAllWell(played);
  const rally = Array.from({ length: rounds }, () => ["Ping", "Pong"]).flat();
  expect(played.said).toEqual(rally);
  for (const device of ["alice", "bob"]) {
    expect(factsOf(played, device)).toMatchObject({ Strokes: 2 * rounds });
  }
});

it("is given up where the ponger does not play the ball back", async () => {
  const { endings } = await perform({
    scripts: { pinger },
    cast: { pinger: "alice", ponger: "bob" },
    params: { rounds: 3 },
  });
  expect(errorOf(endings.get("alice"))).toMatchObject({ code: "Timeout", where: { step: "Pong" } });
});
