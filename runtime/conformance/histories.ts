/** What may happen to a ledger: events that are right, wrong, in conflict, and no events at all. */
import { type SignedEvent } from "../ledger/envelope.ts";
import { abortedStep, completedStep } from "../record.ts";
import {
  DEVICES,
  OPERATION,
  OTHER_SESSION,
  RELATIONSHIP,
  SESSION,
  STORY,
  accountEvent,
  adoptions,
  groupKeyOf,
  memberKeys,
  stepBy,
} from "./cast.ts";
import type { Random } from "./random.ts";

/**
 * A causal graph like a protocol's: devices write, naming events that they saw. All are admitted; some
 * fill a slot twice, or use a nonce twice.
 */
export function causalHistory(random: Random, length: number): readonly SignedEvent[] {
  const events: SignedEvent[] = [];
  const nonces = new Map<string, number>();
  for (let at = 0; at < length; at++) {
    const author = random.of(...DEVICES);
    const nonce = nonces.get(author) ?? 0;
    nonces.set(author, nonce + (random.below(8) === 0 ? 0 : 1));
    const [step, type] = random.of(["Commit", "RecordCommitment"], ["Lock/Request", "RequestLock"]);
    const seen = events.filter(() => random.below(2) === 0).slice(-3);
    events.push(
      stepBy(author, {
        ...{ nonce, step, type },
        epoch: random.below(50),
        session: random.below(7) === 0 ? OTHER_SESSION : SESSION,
        iteration: random.below(2),
        parents: seen.map(({ hash }) => hash),
        payload: { value: random.below(3) },
      }),
    );
  }
  return events;
}

/** The whole account: keys, members, locks, counters, tickets, sessions, and noise. */
export function accountHistory(random: Random, length: number): readonly Uint8Array[] {
  const made = Array.from({ length }, () => random.of(adopt, ...makers)(random));
  // Without all of these there is no group key, and little else happens.
  return random.shuffled([...adoptions().map(({ bytes }) => bytes), ...made]);
}

const name = (random: Random): string => random.of("bob", "carol", "frank", "gran", "heidi");
const byGroup = (random: Random) => ({ generation: 1 + random.below(2), epoch: random.below(20) });
const byDevice = (random: Random) => ({
  author: random.of("alice", name(random)),
  epoch: random.below(20),
  nonce: random.below(9),
});

const adopt = (random: Random): Uint8Array => random.of(fallback, ...adoptions()).bytes;
const fallback = accountEvent("AdoptGroupKey", groupKeyOf(1));

const makers: readonly ((random: Random) => Uint8Array)[] = [
  (random) =>
    accountEvent(
      "ChangeGroupKey",
      { ...groupKeyOf(2 + random.below(2)), generation: 2, from: random.below(20) },
      { generation: 1, epoch: random.below(20) },
    ).bytes,
  (random) => {
    const device = name(random);
    const keys = memberKeys(random.of(device, device, device, name(random)));
    const payload = { device, ...keys, from: random.below(12) };
    return accountEvent("AddDevice", payload, byGroup(random)).bytes;
  },
  (random) => {
    const payload = { device: name(random), from: random.below(18), reason: "lost" };
    return accountEvent("RemoveDevice", payload, byGroup(random)).bytes;
  },
  (random) => {
    const payload = { guardian: "gran", ...memberKeys("gran"), from: random.below(12) };
    return accountEvent("AddGuardian", payload, byGroup(random)).bytes;
  },
  (random) => {
    const payload = { guardian: "gran", from: random.below(18), reason: "moved" };
    return accountEvent("RemoveGuardian", payload, byGroup(random)).bytes;
  },
  (random) => accountEvent("BumpSessionEpoch", { to: 1 + random.below(3) }, byGroup(random)).bytes,
  (random) => {
    const payload = { relationship: RELATIONSHIP, previous: random.below(5), device: name(random) };
    return accountEvent("IncrementCounter", payload, byGroup(random)).bytes;
  },
  (random) => {
    const range = { start: 1 + random.below(5), size: 1 + random.below(3), expires: 30 };
    const payload = { relationship: RELATIONSHIP, device: name(random), ...range };
    return accountEvent("ReserveCounterRange", payload, byGroup(random)).bytes;
  },
  (random) => {
    const grant = { token: 1 + random.below(3), from: random.below(9), lease: 4 };
    const payload = { operation: OPERATION, holder: name(random), session: "07", ...grant };
    return accountEvent("GrantOperationLock", payload, byGroup(random)).bytes;
  },
  (random) => {
    const payload = { operation: OPERATION, token: 1 + random.below(3) };
    return accountEvent("ReleaseOperationLock", payload, byDevice(random)).bytes;
  },
  (random) => {
    const ticket = { serial: random.below(3), sessionEpoch: random.below(3), expires: 25 };
    const payload = { ...ticket, digest: memberKeys("a ticket").signingKey };
    return accountEvent("CachePresenceTicket", payload, byDevice(random)).bytes;
  },
  (random) => {
    const kind = random.of("device" as const, "device" as const, "guardian" as const);
    const fields = { ...byDevice(random), authorization: { kind }, iteration: random.below(2) };
    return stepBy(fields.author, { ...fields, payload: random.below(2) }).bytes;
  },
  (random) => {
    const fields = { ...byDevice(random), session: STORY.id };
    const opened = { step: "opened", type: "SessionOpened", payload: STORY.origin };
    return stepBy(fields.author, { ...fields, ...opened }).bytes;
  },
  (random) => {
    const role = random.of("leader", "crowd");
    const end = random.of<{ step: string; type: string; payload: object }>(
      {
        step: completedStep(role),
        type: "SessionCompleted",
        payload: { role, blamed: [] },
      },
      { step: abortedStep(role), type: "GaveUp", payload: { reason: "tired", blamed: [] } },
    );
    const fields = { ...byDevice(random), session: STORY.id };
    return stepBy(fields.author, { ...fields, ...end }).bytes;
  },
  (random) => Uint8Array.from({ length: 1 + random.below(60) }, () => random.below(256)),
  (random) => {
    const { bytes } = stepBy(name(random));
    const [at, bit] = [random.below(bytes.length), random.below(8)];
    return bytes.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte));
  },
];
