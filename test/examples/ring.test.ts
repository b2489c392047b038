/** The ring, run between three devices. */
import { expect, it } from "vitest";
import { first } from "../../examples/ring/generated/ring.first.ts";
import { second } from "../../examples/ring/generated/ring.second.ts";
import { third } from "../../examples/ring/generated/ring.third.ts";
import { lying } from "../protocols/lying.ts";
import { errorOf } from "../runtime/stage.ts";
import { expectAllWell, factsOf, perform } from "./theatre.ts";

const scripts = { first, second, third };

const inputsWith = (laps: number) => ({
  first: { weight: 1, laps },
  second: { weight: 10 },
  third: { weight: 100 },
});

it.each([1, 3])("brings the token home in each of %i laps", async (laps) => {
  const played = await perform({ scripts, inputs: inputsWith(laps) });
  expectAllWell(played);
  expect(factsOf(played, "alice")).toMatchObject({ Home: { sum: 111 } });
  const round = Array.from({ length: laps }, () => ["Pass", "Onward", "Home"]).flat();
  expect(played.said).toEqual([...round, "Stop", "StopToo"]);
});

it("can stop before the first lap", async () => {
  const played = await perform({ scripts, inputs: inputsWith(0) });
  expectAllWell(played);
  expect(played.said).toEqual(["Stop", "StopToo"]);
});

it("blames the third station for what is taken from the sum", async () => {
  const cheat = lying(third, "Home", () => ({ sum: 0 }));
  const { endings } = await perform({
    scripts: { ...scripts, third: cheat },
    inputs: inputsWith(2),
  });
  expect(errorOf(endings.get("alice")).blamed).toMatchObject([
    { device: "carol", reason: "Shrunk" },
  ]);
});

it("is given up by all where the second station is not there", async () => {
  const cast = { first: "alice", second: "bob", third: "carol" };
  const inputs = inputsWith(1);
  const { endings } = await perform({ scripts: { first, third }, cast, inputs });
  expect(errorOf(endings.get("carol"))).toMatchObject({
    code: "Timeout",
    where: { step: "Onward | StopToo" },
  });
  expect(errorOf(endings.get("alice")).code).toBe("Aborted");
});
