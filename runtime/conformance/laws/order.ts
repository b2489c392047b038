/** One set of events, one answer: whatever the order, the duplicates and the way they came. */
import { SESSION, SESSIONS, stepBy } from "../cast.ts";
import { accountHistory, causalHistory } from "../histories.ts";
import type { Law } from "../trial.ts";
import { viewOf } from "../view.ts";

const RUNS = 10;
const MOST_EVENTS = 100;

export const orderLaws: readonly Law[] = [
  {
    name: "any order of a protocol's events, with duplicates, gives the same answers",
    run: async (trial) => {
      await trial.runs(RUNS, async (random, size) => {
        const events = causalHistory(random, size.of(24));
        const mixed = random.shuffled([...events, ...events.slice(0, 3)]);
        const expected = viewOf(await trial.ledger(events));
        trial.sameView("events in another order", viewOf(await trial.ledger(mixed)), expected);
      });
    },
  },
  {
    name: "any order of the account's events, with duplicates, gives the same state hash",
    run: async (trial) => {
      await trial.runs(RUNS, async (random, size) => {
        const history = accountHistory(random, size.of(MOST_EVENTS));
        const mixed = random.shuffled([...history, ...history.slice(0, history.length / 4)]);
        const expected = viewOf(await trial.ledger(history));
        trial.sameView("events in another order", viewOf(await trial.ledger(mixed)), expected);
      });
    },
  },
  {
    name: "split over replicas that then exchange all, events give the same state hash",
    run: async (trial) => {
      await trial.runs(RUNS, async (random, size) => {
        const history = accountHistory(random, size.of(MOST_EVENTS));
        const part = history.map(() => random.below(2));
        const [left, right] = [0, 1].map((side) => history.filter((_, at) => part[at] === side));
        const expected = viewOf(await trial.ledger(history));
        for (const [own = [], others = []] of [
          [left, right],
          [right, left],
        ]) {
          const ledger = await trial.ledger([...own, ...random.shuffled(others)]);
          trial.sameView("two parts merged", viewOf(ledger), expected);
        }
      });
    },
  },
  {
    name: "a replica that starts again from what it holds is where it was",
    run: async (trial) => {
      await trial.runs(RUNS, async (random, size) => {
        const ledger = await trial.ledger(accountHistory(random, size.of(MOST_EVENTS)));
        const held = SESSIONS.flatMap((session) => ledger.events({ session }));
        const again = await trial.ledger(random.shuffled(held));
        trial.sameView("started again", viewOf(again), viewOf(ledger));
      });
    },
  },
  {
    name: "events come in causal order, and heads are the events that nothing follows",
    run: async (trial) => {
      await trial.runs(RUNS, async (random, size) => {
        const history = causalHistory(random, size.of(24));
        const ledger = await trial.ledger(history.toReversed());
        const ordered = ledger.events({ session: SESSION });
        const position = new Map(ordered.map(({ hash }, at) => [hash, at]));
        const late = ordered.filter(({ parents }, at) =>
          parents.some((parent) => (position.get(parent) ?? -1) >= at),
        );
        trial.same(
          "events({ session }) that come before an event they follow",
          late.map(({ hash }) => hash),
          [],
        );
        const inSession = history.filter(({ session }) => session === SESSION);
        const followed = new Set(inSession.flatMap(({ parents }) => parents));
        const heads = inSession.map(({ hash }) => hash).filter((hash) => !followed.has(hash));
        trial.same("heads(session)", ledger.heads(SESSION), heads.toSorted());
      });
    },
  },
  {
    name: "concurrent events come in the order of their hashes",
    run: async (trial) => {
      const siblings = ["alice", "bob", "carol"].map((author) => stepBy(author));
      const hashes = siblings.map(({ hash }) => hash).toSorted();
      const ledger = await trial.ledger(siblings);
      const got = ledger.events({ session: SESSION }).map(({ hash }) => hash);
      trial.same("events({ session }) of three with no parents", got, hashes);
    },
  },
  {
    name: "ordered(…) puts a part of a session's events in the order of all",
    run: async (trial) => {
      await trial.runs(RUNS, async (random, size) => {
        const ledger = await trial.ledger(causalHistory(random, size.of(24)));
        const all = ledger.events({ session: SESSION });
        const part = all.filter(() => random.below(2) === 0);
        const got = ledger.ordered(SESSION, random.shuffled(part)).map(({ hash }) => hash);
        const expected = part.map(({ hash }) => hash);
        trial.same("ordered(session, events)", got, expected);
      });
    },
  },
  {
    name: "an event whose parent is missing is admitted, and ordered when the parent comes",
    run: async (trial) => {
      const parent = stepBy("alice");
      const child = stepBy("bob", { parents: [parent.hash] });
      const ledger = await trial.ledger();
      trial.same("append(child).status", ledger.append(child.bytes).status, "admitted");
      trial.same("get(parent)", ledger.get(parent.hash), undefined);
      trial.same("append(parent).status", ledger.append(parent.bytes).status, "admitted");
      const got = ledger.events({ session: SESSION }).map(({ author }) => author);
      trial.same("authors in causal order", got, ["alice", "bob"]);
    },
  },
];
