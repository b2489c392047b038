/** A replica that has closed a session says what it had to those that cannot find out. */
import { expect, test } from "vitest";

import { AutomergeLedger } from "../../../../runtime/ledger/automerge.ts";
import { loadAutomerge } from "../../../../runtime/ledger/automerge-node.ts";
import { snapshotOf } from "../../../../runtime/ledger/compaction/snapshot.ts";
import type { SignedEvent } from "../../../../runtime/ledger/envelope.ts";
import { encodeFrame, readFrame } from "../../../../runtime/ledger/frames.ts";
import { MemoryLedger } from "../../../../runtime/ledger/memory.ts";
import { replicate } from "../../../../runtime/ledger/replicator.ts";
import { MAX_GENERATIONS } from "../../../../runtime/ledger/vehicle.ts";
import { type Channel, inProcessChannel } from "../../../../runtime/transport/channel.ts";
import { ROSTER, accountEvent, adoptions, stepEvent } from "../../account/fixtures.ts";
import { mailbox, tapped } from "../mesh.ts";
import { sessionOf, story } from "./fixtures.ts";

loadAutomerge();

const { id } = sessionOf(1);
const whole = new MemoryLedger(ROSTER);
for (const { bytes } of [...adoptions(), ...story(1)]) whole.append(bytes);
const snapshot = accountEvent("CommitSnapshot", snapshotOf(whole, 100), { generation: 1 });
const first = stepEvent("bob", { session: id, step: "Late", nonce: 9 });
const parents = [first.hash];
const followed = stepEvent("carol", { session: id, step: "Late", nonce: 9, parents });
/** Dated back, and followed: which of them are too many cannot be told from the events alone. */
const lates = [first, followed, stepEvent("carol", { session: id, step: "Late", nonce: 0 })];

function filled(device: string, events: readonly SignedEvent[]): AutomergeLedger {
  const ledger = new AutomergeLedger({ roster: ROSTER, device });
  for (const { bytes } of [...adoptions(), ...events]) ledger.append(bytes);
  return ledger;
}

/** Connects them until they fall silent; returns the kinds of the frames that each sent. */
function connect(
  left: AutomergeLedger,
  right: AutomergeLedger,
  through: (channel: Channel) => Channel = (channel) => channel,
) {
  const { deliver, settle } = mailbox();
  const kinds = { left: new Array<string>(), right: new Array<string>() };
  const [a, b] = inProcessChannel({ deliver });
  const replicators = [
    replicate(
      left,
      tapped(through(a), kinds.left, () => true),
      "bob",
    ),
    replicate(
      right,
      tapped(b, kinds.right, () => true),
      "alice",
    ),
  ];
  settle();
  for (const replicator of replicators) replicator.close();
  return kinds;
}

function closedReplica(): AutomergeLedger {
  const ledger = filled("alice", [...story(1), snapshot]);
  ledger.compact();
  return ledger;
}

test("a replica that is stuck hears which events are covered, and closes the session too", () => {
  const alice = closedReplica();
  const bob = filled("bob", [...lates, ...story(1), snapshot]);
  expect(bob.compact()).toEqual([]);
  // She has nothing to synchronise, and asks for nothing.
  expect(new Set(connect(alice, bob).left)).toEqual(new Set(["digest", "closed"]));
  expect(bob.compact()).toEqual([id]);
  expect(bob.closed(id)).toEqual(alice.closed(id));
  expect(bob.unclosed()).toEqual([]);
  expect(alice.quarantined()).toEqual([]);
  expect(connect(alice, bob)).toEqual({ left: ["digest"], right: ["digest"] });
});

test("what comes before the snapshot is heard again after it", () => {
  const alice = closedReplica();
  const bob = filled("bob", [...lates, ...story(1)]);
  connect(alice, bob);
  expect(bob.quarantined()).toEqual([]);
  connect(alice, bob);
  expect(bob.compact()).toEqual([id]);
});

test("a replica whose documents were given up hears it too", () => {
  const bob = filled("bob", [...lates, ...story(1), snapshot]);
  bob.standing({ session: id, epoch: 0, generation: MAX_GENERATIONS });
  expect(bob.gaveUp(id)).toBe(true);
  connect(closedReplica(), bob);
  expect(bob.compact()).toEqual([id]);
});

test("a list that the group has not signed is refused, and the sender named", () => {
  const bob = filled("bob", [...lates, ...story(1), snapshot]);
  connect(closedReplica(), bob, (channel) => ({
    ...channel,
    send: (bytes) => {
      const reading = readFrame(bytes);
      const isList = reading.ok && reading.frame.kind === "closed";
      const [, ...hashes] = isList && reading.frame.kind === "closed" ? reading.frame.hashes : [];
      channel.send(isList ? encodeFrame({ kind: "closed", session: id, hashes }) : bytes);
    },
  }));
  expect(bob.compact()).toEqual([]);
  const said = new Set(bob.quarantined().map(({ reason, detail }) => `${reason}: ${detail}`));
  expect([...said]).toEqual([`BadFrame: alice: the group has closed ${id} with other events`]);
});
