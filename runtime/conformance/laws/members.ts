/** Events follow what is known of their authors: they wait, come in, and are taken back. */
import type { SignedEvent } from "../../ledger/envelope.ts";
import {
  SESSION,
  addDevice,
  adoptions,
  changeKey,
  memberKeys,
  removeDevice,
  stepBy,
} from "../cast.ts";
import type { Law } from "../trial.ts";
import { viewOf } from "../view.ts";

export const memberLaws: readonly Law[] = [
  {
    name: "an event of an author that nobody knows yet waits, and comes in after its author",
    run: async (trial) => {
      const ledger = await trial.ledger(adoptions());
      const early = stepBy("frank", { epoch: 2 });
      const first = ledger.append(early.bytes);
      trial.same("append(step of frank) before frank", first, refused("UnknownAuthor"));
      trial.same("get(…) of what waits", ledger.get(early.hash), undefined);
      const heard: string[] = [];
      ledger.subscribe(({ type }) => heard.push(type));
      trial.same("append(AddDevice)", ledger.append(addDevice("frank").bytes).status, "admitted");
      trial.same("types heard of, in order", heard, ["AddDevice", early.type]);
      trial.same("get(…) of it", ledger.get(early.hash)?.bytes, early.bytes);
      trial.same("append(it) again", ledger.append(early.bytes).status, "known");
    },
  },
  {
    name: "an event under a key that nobody knows yet waits, and what rests on it too",
    run: async (trial) => {
      const chain = [
        ...adoptions(),
        changeKey(2, 0),
        addDevice("frank", 0, { generation: 2 }),
        stepBy("frank"),
      ];
      const ledger = await trial.ledger(chain.toReversed());
      trial.sameView("last first", viewOf(ledger), viewOf(await trial.ledger(chain)));
      trial.same("state.groupKey.generation", ledger.state.groupKey?.generation, 2);
      trial.same("authors", authorsOf(ledger.events({ session: SESSION })), ["frank"]);
    },
  },
  {
    name: "what a removed device wrote from then on is taken back, and what it wrote before stays",
    run: async (trial) => {
      const before = stepBy("frank", { epoch: 4 });
      const after = stepBy("frank", { epoch: 5, nonce: 1, parents: [before.hash] });
      const all = [...adoptions(), addDevice("frank"), before, after];
      const ledger = await trial.ledger(all);
      trial.same("get(…) before the removal", ledger.get(after.hash)?.bytes, after.bytes);
      const gone: string[] = [];
      ledger.onRetract(({ hash }) => gone.push(hash));
      ledger.append(removeDevice("frank", 5).bytes);
      trial.same("hashes heard of by onRetract(…)", gone, [after.hash]);
      trial.same("get(…) of what was taken back", ledger.get(after.hash), undefined);
      trial.same("get(…) of what was before", ledger.get(before.hash)?.bytes, before.bytes);
      trial.same("heads(…)", ledger.heads(SESSION), [before.hash]);
      trial.same("nextNonce(…)", ledger.nextNonce("frank", SESSION), 1);
      trial.same("epoch", ledger.epoch, 4);
      trial.same("append(it) again", ledger.append(after.bytes), refused("NotAMember"));
      const never = await trial.ledger([removeDevice("frank", 5), ...all]);
      trial.sameView("removed at first", viewOf(never), viewOf(ledger));
    },
  },
  {
    name: "who was let in by a key that proves void goes, and takes along what rests on it",
    run: async (trial) => {
      const chain = [
        ...adoptions(),
        changeKey(2, 0),
        addDevice("frank", 0, { generation: 2 }),
        stepBy("frank"),
      ];
      const ledger = await trial.ledger(chain);
      const gone: string[] = [];
      ledger.onRetract(({ type }) => gone.push(type));
      // Two contents in the slot of one generation: neither counts.
      const other = changeKey(2, 3);
      ledger.append(other.bytes);
      trial.same("types taken back", gone.toSorted(), ["AddDevice", "RecordCommitment"]);
      trial.same("state.groupKey.generation", ledger.state.groupKey?.generation, 1);
      trial.same("state.member(frank)", ledger.state.member("frank"), undefined);
      const first = await trial.ledger([other, ...chain]);
      trial.sameView("the other at first", viewOf(first), viewOf(ledger));
    },
  },
  {
    name: "of two removals the earlier epoch counts, whichever comes first",
    run: async (trial) => {
      const removals = [removeDevice("frank", 9), removeDevice("frank", 4)];
      for (const order of [removals, removals.toReversed()]) {
        const ledger = await trial.ledger([...adoptions(), addDevice("frank"), ...order]);
        trial.same("state.member(frank).until", ledger.state.member("frank")?.until, 4);
      }
    },
  },
  {
    name: "a removed device does not come back under its id",
    run: async (trial) => {
      const again = addDevice("frank", 9, { epoch: 9 });
      const ledger = await trial.ledger([
        ...adoptions(),
        addDevice("frank"),
        removeDevice("frank", 5),
        again,
      ]);
      const ids = ledger.state.devices(9).map(({ id }) => id);
      trial.same("whether frank is a device at 9", ids.includes("frank"), false);
    },
  },
  {
    name: "state.member(…) has the keys that the group gave it",
    run: async (trial) => {
      const ledger = await trial.ledger([...adoptions(), addDevice("frank", 2)]);
      const expected = { id: "frank", kind: "device", ...memberKeys("frank"), from: 2 };
      trial.same("state.member(frank)", ledger.state.member("frank"), expected);
    },
  },
];

function refused(reason: string) {
  return { status: "quarantined", reason };
}

function authorsOf(events: readonly SignedEvent[]): readonly string[] {
  return events.map(({ author }) => author);
}
