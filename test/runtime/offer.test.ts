/** An offer alone: the branches are judged until nothing is left to judge. */
import { expect, it } from "vitest";
import type { Contribution } from "../../dsl/index.ts";
import { CausalPast } from "../../runtime/past.ts";
import { Offer } from "../../runtime/offer.ts";
import { MemoryLedger } from "../../runtime/index.ts";
import { write } from "./forge.ts";
import { Said, sessionOf } from "./scripts.ts";
import { stageOf } from "./stage.ts";

it("sees the first of two branches, though both come in while the second is judged", async () => {
  const { roster, device } = stageOf(2);
  const ledger = new MemoryLedger(roster);
  const session = sessionOf(roster, { leader: "alice", crowd: ["bob"] });
  const arrived: Contribution<unknown>[] = [];
  const judged = new Set<string>();
  const arrive = (step: string) => {
    const event = write(ledger, device("alice"), session, step, Said, { text: step });
    arrived.push({ author: "alice", payload: event.payload, hash: event.hash });
  };
  const stepOf = (hash: string) => ledger.get(hash)?.step ?? "";
  const collectorOf = (step: string) => ({
    judge: () => {
      if (step === "Stop" && arrived.length === 0)
        for (const each of ["More", "Stop"]) arrive(each);
      const isNew = !judged.has(step) && arrived.some(({ hash }) => stepOf(hash) === step);
      if (isNew) judged.add(step);
      return Promise.resolve(isNew);
    },
    events: () => [],
    accepted: () => arrived.filter(({ hash }) => stepOf(hash) === step && judged.has(step)),
    blamed: () => [],
    faulty: new Set<string>(),
  });
  const wayOf = (branch: string) => ({
    branch,
    wanted: {
      ...{ label: branch, iteration: 0, from: "leader", event: Said },
      ...{ facts: {}, turns: [], performed: {} },
    },
    later: new Set(["More", "Stop"]),
    collector: collectorOf(branch),
  });
  const ways = [wayOf("More"), wayOf("Stop")];
  const offer = new Offer({ ledger, past: new CausalPast(ledger), session: session.id, ways });
  await offer.judge();
  expect(offer.branch()).toBe("More");
  expect(offer.blamed()).toEqual([]);
});
