/** What one author can fill a session with: no more than anybody can bear, whatever came first. */
import type { SignedEvent } from "../../ledger/envelope.ts";
import { MAX_FORKS } from "../../ledger/crowds.ts";
import { SESSION, stepBy } from "../cast.ts";
import type { Law } from "../trial.ts";

const RUNS = 5;
const MANY = 3 * MAX_FORKS;

/** Steps of one author under one nonce, in ascending order of their hashes. */
function crowd(): readonly SignedEvent[] {
  return Array.from({ length: MANY }, (_, value) => stepBy("alice", { payload: { value } })).sort(
    (a, b) => (a.hash < b.hash ? -1 : 1),
  );
}

const hashesOf = (events: readonly SignedEvent[]): readonly string[] =>
  events.map(({ hash }) => hash).toSorted();

export const floodLaws: readonly Law[] = [
  {
    name: `of one author's events under one nonce, the ${MAX_FORKS} of the lowest hashes count`,
    run: async (trial) => {
      const events = crowd();
      await trial.runs(RUNS, async (random) => {
        const ledger = await trial.ledger(random.shuffled(events));
        const got = hashesOf(ledger.events({ session: SESSION }));
        trial.same("events({ session })", got, hashesOf(events.slice(0, MAX_FORKS)));
        const reasons = new Set(ledger.quarantined().map(({ reason }) => reason));
        trial.same("reasons of quarantined()", [...reasons], ["TooManyEvents"]);
      });
    },
  },
  {
    name: "one that somebody else has followed counts besides, so that nobody's past has a gap",
    run: async (trial) => {
      const events = crowd();
      const followed = events.slice(-1);
      const follower = stepBy("bob", { parents: hashesOf(followed) });
      const counting = [...events.slice(0, MAX_FORKS), ...followed, follower];
      await trial.runs(RUNS, async (random) => {
        const ledger = await trial.ledger(random.shuffled([...events, follower]));
        const got = hashesOf(ledger.events({ session: SESSION }));
        trial.same("events({ session })", got, hashesOf(counting));
      });
    },
  },
];
