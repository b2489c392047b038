/** What readers are told. */
import { toHex } from "../../crypto/hash.ts";
import type { SignedEvent } from "../../ledger/envelope.ts";
import { OTHER_SESSION, ROSTER, SESSION, SESSIONS, stepBy } from "../cast.ts";
import { accountHistory, causalHistory } from "../histories.ts";
import type { Law } from "../trial.ts";
import { viewOf } from "../view.ts";
import { vandalise } from "../vandal.ts";

const inSlot = { session: SESSION, step: "Commit", iteration: 0, author: "alice" };

export const readingLaws: readonly Law[] = [
  {
    name: "an empty one has no events, no heads, epoch 0 and first nonces",
    run: async (trial) => {
      const ledger = await trial.ledger();
      trial.same("account", ledger.account, ROSTER.account);
      trial.same("roster", ledger.roster, ROSTER);
      trial.same("epoch", ledger.epoch, 0);
      trial.same("nextNonce(…)", ledger.nextNonce("alice", SESSION), 0);
      trial.same("heads(…)", ledger.heads(SESSION), []);
      trial.same("events(…)", ledger.events({ session: SESSION }), []);
      trial.same("get(…)", ledger.get("00".repeat(32)), undefined);
      trial.same("quarantined()", ledger.quarantined(), []);
      trial.same("state.groupKey", ledger.state.groupKey, undefined);
      trial.sameView("two empty ones", viewOf(await trial.ledger()), viewOf(ledger));
    },
  },
  {
    name: "a filter narrows by every condition that it names",
    run: async (trial) => {
      const ledger = await trial.ledger([
        stepBy("alice"),
        stepBy("bob", { iteration: 1 }),
        stepBy("carol", { step: "Reveal", type: "RevealPoint", payload: 7 }),
        stepBy("dave", { session: OTHER_SESSION }),
      ]);
      const cases: readonly (readonly [object, readonly string[]])[] = [
        [{}, ["alice", "bob", "carol"]],
        [{ step: "Commit" }, ["alice", "bob"]],
        [{ step: "Commit", iteration: 1 }, ["bob"]],
        [{ iteration: 0 }, ["alice", "carol"]],
        [{ type: "RevealPoint" }, ["carol"]],
        [{ authors: ["alice", "dave"] }, ["alice"]],
        [{ authors: [] }, []],
        [{ where: (event: SignedEvent) => event.payload === 7 }, ["carol"]],
        [{ session: OTHER_SESSION }, ["dave"]],
      ];
      for (const [filter, expected] of cases) {
        const got = ledger.events({ session: SESSION, ...filter }).map(({ author }) => author);
        const [name = "all"] = Object.keys(filter);
        trial.same(`authors of events by ${name}`, got.toSorted(), expected);
      }
    },
  },
  {
    name: "a predicate that throws refuses the event",
    run: async (trial) => {
      const ledger = await trial.ledger([stepBy("alice")]);
      const where = (): boolean => {
        throw new RangeError("not what the reader expected");
      };
      trial.same("events(…)", ledger.events({ session: SESSION, where }), []);
    },
  },
  {
    name: "nonces are counted by author and session, and the highest decides",
    run: async (trial) => {
      const [four, two] = [4, 2].map((nonce) => stepBy("alice", { nonce }));
      const other = stepBy("alice", { nonce: 9, session: OTHER_SESSION });
      const ledger = await trial.ledger([four, two, other].flatMap((event) => event ?? []));
      trial.same("nextNonce after 4 and 2", ledger.nextNonce("alice", SESSION), 5);
      trial.same("nextNonce elsewhere", ledger.nextNonce("alice", OTHER_SESSION), 10);
      trial.same("nextNonce of another", ledger.nextNonce("bob", SESSION), 0);
    },
  },
  {
    name: "a nonce used twice is evidence, and both events stay",
    run: async (trial) => {
      const twice = ["Commit", "Reveal"].map((step) => stepBy("alice", { step }));
      const hashes = twice.map(({ hash }) => hash).toSorted();
      const ledger = await trial.ledger([...twice, stepBy("bob")]);
      trial.same("forks(…)", ledger.forks(SESSION), [{ author: "alice", nonce: 0, hashes }]);
      trial.same("number of events", ledger.events({ session: SESSION }).length, 3);
    },
  },
  {
    name: "two contents in one slot are evidence, in whatever order many arrive",
    run: async (trial) => {
      const events = [1, 2, 3, 4].map((nonce) => stepBy("alice", { nonce, payload: nonce % 2 }));
      const sorted = events.toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
      const [lowest] = sorted;
      const other = sorted.find(({ payload }) => payload !== lowest?.payload);
      for (const order of permutations(events)) {
        const ledger = await trial.ledger(order);
        const got = ledger.equivocation(inSlot);
        trial.same("equivocation(slot)", got, [lowest?.hash, other?.hash]);
      }
    },
  },
  {
    name: "one content signed twice in a slot is no equivocation",
    run: async (trial) => {
      const ledger = await trial.ledger([0, 1].map((nonce) => stepBy("alice", { nonce })));
      trial.same("equivocation(slot)", ledger.equivocation(inSlot), []);
    },
  },
  {
    name: "the epoch is the highest of the admitted events, the account's that of a quorum",
    run: async (trial) => {
      const epochs = [9, 3, 7, 4, 5];
      const ledger = await trial.ledger();
      for (const [at, { id }] of ROSTER.devices.entries()) {
        ledger.append(stepBy(id, { epoch: epochs[at] ?? 0 }).bytes);
      }
      trial.same("epoch after 9, 3, 7, 4, 5", ledger.epoch, 9);
      // Without a group key, every device of the genesis has to have come so far.
      trial.same("state.epoch after 9, 3, 7, 4, 5", ledger.state.epoch, 3);
    },
  },
  {
    name: "what a reader does to an answer, or a writer to its bytes, changes no other answer",
    run: async (trial) => {
      await trial.runs(6, async (random, size) => {
        const steps = causalHistory(random, size.of(20)).map(({ bytes }) => bytes);
        const history = [...steps, ...accountHistory(random, size.of(100))];
        const before = viewOf(await trial.ledger(history));
        const ledger = await trial.ledger();
        for (const bytes of history) {
          const lent = Uint8Array.from(bytes);
          ledger.append(lent);
          lent.fill(0);
        }
        vandalise(viewOf(ledger));
        for (const session of SESSIONS) vandalise(ledger.events({ session }));
        const refusals = ledger.quarantined().length;
        vandalise(ledger.quarantined());
        trial.same("number of quarantined()", ledger.quarantined().length, refusals);
        trial.sameView("after a reader changed what it got", viewOf(ledger), before);
      });
    },
  },
  {
    name: "the state hash tells two states apart",
    run: async (trial) => {
      const hashes = new Set<string>();
      for (const epoch of [1, 2]) {
        const events = ROSTER.devices.map(({ id }) => stepBy(id, { epoch }));
        hashes.add(toHex((await trial.ledger(events)).state.hash()));
      }
      trial.same("number of different state hashes", hashes.size, 2);
    },
  },
];

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) =>
    permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]),
  );
}
