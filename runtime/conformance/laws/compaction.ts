/** What a closed session leaves behind. */
import { closedProof, snapshotOf, verifiesClosed } from "../../ledger/compaction/snapshot.ts";
import type { SignedEvent } from "../../ledger/envelope.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { completedStep } from "../../record.ts";
import { ROSTER, STORY, accountEvent, adoptions, groupKeyOf, stepBy } from "../cast.ts";
import type { Law } from "../trial.ts";
import { viewOf } from "../view.ts";

const session = STORY.id;
const CLOSE = 100;

/** A session that ran to its end. */
function story(): readonly SignedEvent[] {
  const by = (author: string, nonce: number, fields: object) =>
    stepBy(author, { session, nonce, epoch: 2 + nonce, ...fields });
  const steps = ["alice", "bob", "carol"].flatMap((author) =>
    [1, 2, 3].map((at) => by(author, at, { step: `Step${at}`, payload: at })),
  );
  const done = { role: "leader", blamed: [] };
  return [
    by("alice", 0, { step: "opened", type: "SessionOpened", payload: STORY.origin }),
    ...steps,
    by("alice", 4, { step: completedStep("leader"), type: "SessionCompleted", payload: done }),
  ];
}

const late = stepBy("bob", { session, step: "Late", nonce: 9, epoch: 9 });

function snapshot(ledger: Ledger, fields: { readonly signer?: string } = {}): SignedEvent {
  return accountEvent("CommitSnapshot", snapshotOf(ledger, CLOSE), { generation: 1, ...fields });
}

const isStep = ({ author, step }: SignedEvent): boolean => author !== "alice" && step === "Step1";

export const compactionLaws: readonly Law[] = [
  {
    name: "a closed session's events go; how it ended, and the state hash, stay",
    run: async (trial) => {
      const ledger = await trial.ledger([...adoptions(), ...story()]);
      trial.same("compact() before a snapshot", ledger.compact(), []);
      ledger.append(snapshot(ledger).bytes);
      const gone: string[] = [];
      ledger.onRetract(({ hash }) => gone.push(hash));
      const before = ledger.state.hash();
      trial.same("compact()", ledger.compact(), [session]);
      trial.same("compact() again", ledger.compact(), []);
      trial.same("state.hash()", ledger.state.hash(), before);
      trial.same("retractions, since nothing was taken back", gone, []);
      const left = ledger.events({ session }).map(({ author, step }) => `${author} ${step}`);
      const expected = ["alice opened", "alice completed.leader", "bob Step3", "carol Step3"];
      trial.same("events left: records and last words", left.toSorted(), expected.toSorted());
      trial.same("state.session(…).status", ledger.state.session(session)?.status, "Completed");
      const hashes = story()
        .map(({ hash }) => hash)
        .toSorted();
      trial.same("closed(…)", ledger.closed(session), { session, hashes });
    },
  },
  {
    name: "what was dropped does not come back, and nothing new comes in",
    run: async (trial) => {
      const ledger = await trial.ledger([...adoptions(), ...story()]);
      ledger.append(snapshot(ledger).bytes);
      ledger.compact();
      for (const event of story()) {
        trial.same(`append(${event.step})`, ledger.append(event.bytes).status, "known");
      }
      const dropped = story().filter((event) => isStep(event));
      const found = dropped.map(({ hash }) => ledger.get(hash));
      trial.same("get(…) of what was dropped", found, [undefined, undefined]);
      const refused = { status: "quarantined", reason: "Closed" };
      trial.same("append(a late event)", ledger.append(late.bytes), refused);
    },
  },
  {
    name: "a replica that lacks an event of the snapshot drops nothing; one with an event more refuses it",
    run: async (trial) => {
      const signed = snapshot(await trial.ledger([...adoptions(), ...story()]));
      const more = await trial.ledger([...adoptions(), late, ...story(), signed]);
      trial.same("compact() with an event more", more.compact(), [session]);
      trial.same("get(…) of that event", more.get(late.hash), undefined);
      const refused = { status: "quarantined", reason: "Closed" };
      trial.same("append(…) of that event", more.append(late.bytes), refused);
      const [first, ...rest] = story();
      const lacking = await trial.ledger([...adoptions(), ...rest, signed]);
      trial.same("compact() with an event less", lacking.compact(), []);
      const unclosed = lacking.unclosed().map((each) => each.session);
      trial.same("unclosed() with an event less", unclosed, [session]);
      const told = more.closed(session);
      trial.same("learnClosed(…)", told && lacking.learnClosed(told), true);
      trial.same("compact() with an event less, again", lacking.compact(), []);
      if (first !== undefined) lacking.append(first.bytes);
      trial.same("compact() with that event", lacking.compact(), [session]);
    },
  },
  {
    name: "a snapshot says the same on every replica, and counts with the group's signature only",
    run: async (trial) => {
      const ledger = await trial.ledger([...adoptions(), ...story()]);
      const other = await trial.ledger([...story().toReversed(), ...adoptions()]);
      trial.same("snapshotOf(…)", snapshotOf(other, CLOSE), snapshotOf(ledger, CLOSE));
      const forged = snapshot(ledger, { signer: "alice" });
      const refused = { status: "quarantined", reason: "BadSignature" };
      trial.same("append(a forged snapshot)", ledger.append(forged.bytes), refused);
      trial.same("compact()", ledger.compact(), []);
    },
  },
  {
    name: "from what is left, a replica starts again with the same state hash",
    run: async (trial) => {
      const ledger = await trial.ledger([...adoptions(), ...story()]);
      ledger.append(snapshot(ledger).bytes);
      ledger.compact();
      const held = [ROSTER.account, session].flatMap((id) => ledger.events({ session: id }));
      const again = await trial.ledger(held.toReversed());
      trial.same("state.hash()", again.state.hash(), ledger.state.hash());
      trial.same("state.epoch", again.state.epoch, ledger.state.epoch);
      const asked = "state.sessions()";
      trial.same(asked, viewOf(again)[asked], viewOf(ledger)[asked]);
    },
  },
  {
    name: "what closed(…) gives proves to a third party that an event was there",
    run: async (trial) => {
      const ledger = await trial.ledger([...adoptions(), ...story()]);
      const signed = snapshot(ledger);
      ledger.append(signed.bytes);
      ledger.compact();
      const closed = ledger.closed(session);
      const event = story().find((each) => isStep(each));
      const proof = closed && event && closedProof(closed, event);
      const holds = proof !== undefined && verifiesClosed(proof, signed, groupKeyOf(1).groupKey);
      trial.same("whether the proof from closed(…) holds", holds, true);
    },
  },
];
