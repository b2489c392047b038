/** Ledgers that break one law each: the suite finds them out, and says what was asked. */
import { describe, expect, test } from "vitest";

import { ProtocolError } from "../../../dsl/index.ts";
import { ledgerConformance } from "../../../runtime/conformance.ts";
import { sha256 } from "../../../runtime/crypto/hash.ts";
import { EVENT_LIMITS, type SignedEvent, readEvent } from "../../../runtime/ledger/envelope.ts";
import type { EventFilter } from "../../../runtime/ledger/filter.ts";
import type { Ledger } from "../../../runtime/ledger/ledger.ts";
import { MemoryLedger } from "../../../runtime/ledger/memory.ts";
import type { AccountRoster } from "../../../runtime/ledger/roster.ts";
import type { Slot } from "../../../runtime/ledger/slots.ts";
import type { EventListener } from "../../../runtime/ledger/topics.ts";

type Admission = ReturnType<Ledger["append"]>;

const SEED = 7;

/** Remembers what it admitted, in the order of its coming. */
class Remembering extends MemoryLedger {
  readonly arrived: SignedEvent[] = [];
  protected override publish(event: SignedEvent): void {
    this.arrived.push(event);
    super.publish(event);
  }
}

class OrderOfArrival extends Remembering {
  override events(filter: EventFilter): readonly SignedEvent[] {
    const passed = new Set(super.events(filter).map(({ hash }) => hash));
    return this.arrived.filter(({ hash }) => passed.has(hash));
  }
}

class HashOfArrival extends Remembering {
  override get state() {
    const hash = () => sha256(new TextEncoder().encode(this.arrived.map((e) => e.hash).join()));
    return withAnswer(super.state, "hash", hash);
  }
}

class ForgetsDuplicates extends MemoryLedger {
  override append(bytes: Uint8Array): Admission {
    const admission = super.append(bytes);
    return admission.status === "known" ? { ...admission, status: "admitted" } : admission;
  }
}

class IgnoresScope extends MemoryLedger {
  override subscribe(listener: EventListener): () => void {
    return super.subscribe(listener);
  }
}

/** Takes what was refused for this reason as if it were good. */
function admitting(reason: string) {
  return class extends MemoryLedger {
    override append(bytes: Uint8Array): Admission {
      const admission = super.append(bytes);
      const reading = readEvent(bytes, EVENT_LIMITS);
      const isOurs = admission.status === "quarantined" && admission.reason === reason;
      return isOurs && reading.ok ? { status: "admitted", event: reading.event } : admission;
    }
  };
}

class LosesWhoWaits extends MemoryLedger {
  readonly #lost = new Set<string>();
  override append(bytes: Uint8Array): Admission {
    const admission = super.append(bytes);
    const reading = readEvent(bytes, EVENT_LIMITS);
    if (admission.status === "quarantined" && reading.ok) this.#lost.add(reading.event.hash);
    return admission;
  }
  override get(hash: string): SignedEvent | undefined {
    return this.#lost.has(hash) ? undefined : super.get(hash);
  }
}

class TellsNoRetraction extends MemoryLedger {
  override onRetract(): () => void {
    return () => undefined;
  }
}

class KeepsWhatWasTakenBack extends Remembering {
  override get(hash: string): SignedEvent | undefined {
    return this.arrived.find((event) => event.hash === hash);
  }
}

class ThrowsAtNoise extends MemoryLedger {
  override append(bytes: Uint8Array): Admission {
    if (!readEvent(bytes, EVENT_LIMITS).ok) throw new SyntaxError("no event");
    return super.append(bytes);
  }
}

class OneReasonForAll extends MemoryLedger {
  override append(bytes: Uint8Array): Admission {
    const admission = super.append(bytes);
    return admission.status === "quarantined" ? { ...admission, reason: "Malformed" } : admission;
  }
}

class LosesRecords extends MemoryLedger {
  override events(filter: EventFilter): readonly SignedEvent[] {
    return this.closed(filter.session) === undefined ? super.events(filter) : [];
  }
}

class ForgetsWhatItDropped extends MemoryLedger {
  override append(bytes: Uint8Array): Admission {
    const admission = super.append(bytes);
    const isDropped = admission.status === "known" && this.get(admission.event.hash) === undefined;
    return isDropped ? { ...admission, status: "admitted" } : admission;
  }
}

class DropsNothing extends MemoryLedger {
  override compact(): readonly string[] {
    return [];
  }
}

class LendsItsHeads extends MemoryLedger {
  readonly #lent = new Map<string, string[]>();
  override heads(session: string): readonly string[] {
    const [lent, now] = [this.#lent.get(session), super.heads(session)];
    if (lent !== undefined) return lent;
    this.#lent.set(session, [...now]);
    return this.#lent.get(session) ?? now;
  }
}

class OneCountOfNonces extends Remembering {
  override nextNonce(author: string): number {
    const own = this.arrived.filter((event) => event.author === author);
    return own.reduce((next, { nonce }) => Math.max(next, nonce + 1), 0);
  }
}

class SeesNoForks extends MemoryLedger {
  override forks() {
    return [];
  }
}

/** Of an author's events under one nonce. */
class FirstFour extends Remembering {
  override append(bytes: Uint8Array): Admission {
    const reading = readEvent(bytes, EVENT_LIMITS);
    const like = this.arrived.filter(
      (event) =>
        reading.ok && event.author === reading.event.author && event.nonce === reading.event.nonce,
    );
    if (like.length >= 4) return { status: "quarantined", reason: "TooManyEvents" };
    return super.append(bytes);
  }
}

class FirstTwoOfASlot extends Remembering {
  override equivocation(slot: Slot): readonly string[] {
    const filled = this.arrived.filter((e) => e.step === slot.step && e.author === slot.author);
    const other = filled.find(({ payload }) => payload !== filled[0]?.payload);
    return filled[0] === undefined || other === undefined ? [] : [filled[0].hash, other.hash];
  }
}

const broken: Readonly<Record<string, readonly [new (roster: AccountRoster) => Ledger, RegExp]>> = {
  "order of arrival instead of causal": [OrderOfArrival, /^events come in causal order/],
  "siblings in order of arrival": [OrderOfArrival, /^concurrent events/],
  "answers by order of arrival": [OrderOfArrival, /^any order of a protocol's/],
  "a state hash of the order of arrival": [HashOfArrival, /^any order of the account's/],
  "a state hash of the order of merging": [HashOfArrival, /^split over replicas/],
  "duplicates admitted again": [ForgetsDuplicates, /hears of each event once/],
  "scope ignored": [IgnoresScope, /^a scope limits/],
  "another account's events admitted": [admitting("WrongAccount"), /^what breaks a rule/],
  "stale keys accepted": [admitting("StaleKey"), /^what breaks a rule/],
  "signatures unchecked": [admitting("BadSignature"), /^what breaks a rule/],
  "removed authors accepted": [admitting("NotAMember"), /^what a removed device wrote/],
  "those who wait forgotten": [LosesWhoWaits, /^an event of an author that nobody knows/],
  "retractions untold": [TellsNoRetraction, /is told of what is taken back/],
  "what was taken back still given": [KeepsWhatWasTakenBack, /^what a removed device wrote/],
  "an error at noise": [ThrowsAtNoise, /^what breaks a rule/],
  "one reason for all": [OneReasonForAll, /^what breaks a rule/],
  "records dropped with the rest": [LosesRecords, /^a closed session's events go/],
  "dropped events taken again": [ForgetsWhatItDropped, /^what was dropped does not come back/],
  "late events of closed sessions taken": [admitting("Closed"), /^what was dropped does not/],
  "nothing ever dropped": [DropsNothing, /^a closed session's events go/],
  "its own lists lent": [LendsItsHeads, /^what a reader does to an answer/],
  "one count of nonces for all sessions": [OneCountOfNonces, /^nonces are counted/],
  "no forks seen": [SeesNoForks, /^a nonce used twice/],
  "floods taken by order of arrival": [FirstFour, /^of one author's events under one nonce/],
  "followed events pushed out": [FirstFour, /^one that somebody else has followed/],
  "evidence by order of arrival": [FirstTwoOfASlot, /^two contents in one slot/],
};

async function verdict(open: (roster: AccountRoster) => Ledger, law: RegExp): Promise<unknown> {
  const cases = ledgerConformance({ open, seed: SEED }).filter(({ name }) => law.test(name));
  expect(cases.map(({ name }) => name)).toHaveLength(1);
  return cases[0]?.run().catch((error: unknown) => error);
}

describe("the suite finds out a ledger with", () => {
  test.each(Object.entries(broken))("%s", async (_what, [Broken, law]) => {
    const error = await verdict((roster) => new Broken(roster), law);
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code: "InvalidInput", what: expect.stringMatching(/expected/) });
    expect(String(error)).toContain(`seed ${SEED}`);
  });

  test("what was asked, what was expected and what came instead", async () => {
    const error = await verdict((roster) => new SeesNoForks(roster), /^a nonce used twice/);
    expect(String(error)).toMatch(
      /^ProtocolError: this is no ledger, since "a nonce used twice is evidence, and both events stay" does not hold: forks\(…\): expected \[\{author: "alice", hashes: \["[0-9a-f]{64}", "[0-9a-f]{64}"\], nonce: 0\}\], got \[\]\. Mend the ledger, then run this law again with the seed 7\.$/,
    );
  });
});

/** The state, but for one answer. */
function withAnswer<State extends object>(state: State, name: string, answer: unknown): State {
  return new Proxy(state, {
    get: (target, key): unknown => {
      const value: unknown = key === name ? answer : Reflect.get(target, key, target);
      return typeof value === "function" && key !== name
        ? (...args: readonly unknown[]): unknown => Reflect.apply(value, target, args)
        : value;
    },
  });
}
