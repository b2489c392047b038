/** Map and reduce, run between a master and three workers. */
import { expect, it } from "vitest";
import { master } from "../../examples/map-reduce/generated/map-reduce.master.ts";
import { worker } from "../../examples/map-reduce/generated/map-reduce.worker.ts";
import { lying, silentAt } from "../protocols/lying.ts";
import { errorOf, outcomeOf } from "../runtime/stage.ts";
import { factsOf, perform } from "./theatre.ts";

const cast = { master: "alice", worker: ["bob", "carol", "dave"] };
const text = "to be or not\nto be that is\nthe question\nwhether tis nobler";
const inputs = { master: { text } };

it("gives all the counts of all words", async () => {
  const played = await perform({ scripts: { master, worker }, cast, inputs });
  const words = { be: 2, is: 1, nobler: 1, not: 1, or: 1, question: 1 };
  const counts = { ...words, that: 1, the: 1, tis: 1, to: 2, whether: 1 };
  for (const device of ["alice", "bob", "carol", "dave"]) {
    expect(outcomeOf(played.endings.get(device)).result).toEqual(counts);
  }
});

it("gives each worker its own lines", async () => {
  const played = await perform({ scripts: { master, worker }, cast, inputs });
  expect(factsOf(played, "bob")["Chunk"]).toEqual({ text: "to be or not\nwhether tis nobler" });
  expect(factsOf(played, "dave")["Chunk"]).toEqual({ text: "the question" });
});

it("blames workers that count backwards", async () => {
  const cheat = lying(worker, "Counts", () => ({ be: -1 }));
  const played = await perform({ scripts: { master, worker: cheat }, cast, inputs });
  const { code, blamed } = errorOf(played.endings.get("alice"));
  expect(code).toBe("Rejected");
  expect(blamed.map(({ reason }) => reason)).toContain("MalformedPayload");
});

it("ends by the timeout where the workers do not count", async () => {
  const silent = silentAt(worker, "Counts");
  const played = await perform({ scripts: { master, worker: silent }, cast, inputs });
  expect(errorOf(played.endings.get("alice"))).toMatchObject({
    code: "Timeout",
    where: { step: "Counts" },
  });
});
