/**
 * Whose word counts, and from when to when: the group's keys, the devices and the guardians. Each is a
 * function of the set of events that say so, in three layers that do not depend on a later one: keys
 * on the keys before them, members on keys, everything else on members.
 */
import { toHex } from "../crypto/hash.ts";
import { encode } from "../ledger/cbor.ts";
import { ACCOUNT_AUTHOR } from "../ledger/envelope.ts";
import type { SignedEvent } from "../ledger/envelope.ts";
import type { AccountRoster } from "../ledger/roster.ts";
import type { AccountFact, AccountPayload } from "./events.ts";

/** A span of epochs. */
interface Tenure {
  /** The first epoch of it. */
  readonly from: number;
  /** The first epoch after it; open where absent. */
  readonly until?: number;
}

/** Whether the epoch lies in the span. */
export function isWithin({ from, until }: Tenure, epoch: number): boolean {
  return from <= epoch && (until === undefined || epoch < until);
}

/** A device or guardian, present or past. */
export interface Member extends Tenure {
  readonly id: string;
  readonly kind: "device" | "guardian";
  readonly signingKey: Uint8Array;
  readonly sealingKey: Uint8Array;
}

/** A key that the devices share. */
export interface GroupKey extends Tenure {
  /** The first is 1; a later one has a higher number. */
  readonly generation: number;
  /** Ed25519 public key, 32 bytes. */
  readonly groupKey: Uint8Array;
  readonly packageHash: Uint8Array;
  readonly threshold: number;
}

interface Stated<F extends AccountFact = AccountFact> {
  readonly event: SignedEvent;
  readonly fact: F;
}

type Of<Name extends AccountFact["type"]> = Extract<AccountFact, { readonly type: Name }>;

const constitutional = new Set<AccountFact["type"]>([
  "AdoptGroupKey",
  "ChangeGroupKey",
  "AddDevice",
  "RemoveDevice",
  "AddGuardian",
  "RemoveGuardian",
]);

/** Whether the fact decides whose word counts. */
export function isConstitutional(fact: AccountFact): boolean {
  return constitutional.has(fact.type);
}

export class Constitution {
  readonly #roster: AccountRoster;
  readonly #stated = new Map<string, Stated>();
  #keys: readonly GroupKey[] = [];
  #members: ReadonlyMap<string, Member>;
  /** Voucher → all that is known of it, as text. */
  #vouched: ReadonlyMap<string, string>;

  constructor(roster: AccountRoster) {
    this.#roster = roster;
    this.#members = this.#foldMembers();
    this.#vouched = this.#vouchers();
  }

  /** All group keys, the latest last. */
  get keys(): readonly GroupKey[] {
    return this.#keys;
  }

  /** Present and past members, in ascending order of id. */
  get members(): readonly Member[] {
    return [...this.#members.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** How many devices the account began with. */
  get genesisSize(): number {
    return this.#roster.devices.length;
  }

  member(id: string): Member | undefined {
    return this.#members.get(id);
  }

  key(generation: number): GroupKey | undefined {
    return this.#keys.find((key) => key.generation === generation);
  }

  /**
   * Takes in a constitutional event whose signature is good, or takes it back.
   *
   * @returns the vouchers, see {@link voucherOf}, whose word counts otherwise than before
   */
  change(event: SignedEvent, fact: AccountFact, isHere: boolean): readonly string[] {
    const before = this.#vouched;
    if (isHere) this.#stated.set(event.hash, { event, fact });
    else this.#stated.delete(event.hash);
    this.#keys = this.#foldKeys();
    this.#members = this.#foldMembers();
    const after = this.#vouchers();
    this.#vouched = after;
    const all = new Set([...before.keys(), ...after.keys()]);
    return [...all].filter((voucher) => before.get(voucher) !== after.get(voucher)).sort();
  }

  #vouchers(): ReadonlyMap<string, string> {
    const members = [...this.#members.values()].map(
      (member) => [member.id, memberText(member)] as const,
    );
    const keys = this.#keys.map((key) => [keyVoucher(key.generation), keyText(key)] as const);
    return new Map([...members, ...keys]);
  }

  /** Each key but the first is vouched for by the one before; a number that was used twice is void. */
  #foldKeys(): readonly GroupKey[] {
    const first = this.#firstKey();
    const keys: GroupKey[] = first === undefined ? [] : [first];
    const changes = this.#unique("ChangeGroupKey", ({ fact }) => `${fact.payload.generation}`);
    for (let last = first; last !== undefined;) {
      const { generation, from } = last;
      const next = changes
        .filter(({ event }) => isUnder(event, generation))
        .map(({ fact }) => fact.payload)
        .filter((payload) => payload.generation > generation && payload.from >= from)
        .sort((a, b) => a.generation - b.generation)[0];
      if (next === undefined) break;
      keys.splice(-1, 1, Object.freeze({ ...last, until: next.from }));
      last = keyOf(next, next.generation, next.from);
      keys.push(last);
    }
    return keys;
  }

  /** The account begins with a key that every device of the genesis has adopted, and no other. */
  #firstKey(): GroupKey | undefined {
    const adopted = this.#unique("AdoptGroupKey", ({ event }) => event.author);
    const byAuthor = new Map(adopted.map(({ event, fact }) => [event.author, fact.payload]));
    const said = this.#roster.devices.map(({ id }) => byAuthor.get(id));
    const [first] = said;
    if (first === undefined) return undefined;
    const isAgreed = said.every((one) => one !== undefined && describe(one) === describe(first));
    return isAgreed ? keyOf(first, 1, 0) : undefined;
  }

  /** A tombstone is for good; an id or a key belongs to the one that had it first. */
  #foldMembers(): ReadonlyMap<string, Member> {
    const members = new Map<string, Member>();
    const takenKeys = new Set<string>();
    for (const member of [...this.#genesis(), ...this.#added()]) {
      const keys = [member.signingKey, member.sealingKey].map(toHex);
      if (members.has(member.id) || keys.some((key) => takenKeys.has(key))) continue;
      for (const key of keys) takenKeys.add(key);
      members.set(member.id, this.#withEnd(member));
    }
    return members;
  }

  #genesis(): readonly Member[] {
    return this.#roster.devices.map((device) => ({ ...device, kind: "device", from: 0 }) as const);
  }

  #added(): readonly Member[] {
    const devices = this.#unique("AddDevice", ({ fact }) => fact.payload.device).map(({ fact }) => {
      const { device, signingKey, sealingKey, from } = fact.payload;
      return { id: device, kind: "device", signingKey, sealingKey, from } as const;
    });
    const guardians = this.#unique("AddGuardian", ({ fact }) => fact.payload.guardian).map(
      ({ fact }) => {
        const { guardian, signingKey, sealingKey, from } = fact.payload;
        return { id: guardian, kind: "guardian", signingKey, sealingKey, from } as const;
      },
    );
    const rank = (member: Member): string => `${member.id} ${member.kind}`;
    return [...devices, ...guardians].sort(
      (a, b) => a.from - b.from || (rank(a) < rank(b) ? -1 : 1),
    );
  }

  #withEnd(member: Member): Member {
    const ends =
      member.kind === "device"
        ? this.#all("RemoveDevice").filter(({ fact }) => fact.payload.device === member.id)
        : this.#all("RemoveGuardian").filter(({ fact }) => fact.payload.guardian === member.id);
    if (ends.length === 0) return Object.freeze(member);
    const until = Math.min(...ends.map(({ fact }) => fact.payload.from));
    return Object.freeze({ ...member, until });
  }

  #all<Name extends AccountFact["type"]>(type: Name): readonly Stated<Of<Name>>[] {
    return [...this.#stated.values()].filter((stated): stated is Stated<Of<Name>> => {
      return stated.fact.type === type;
    });
  }

  /** Without those of a slot that was filled with two contents: neither counts. */
  #unique<Name extends AccountFact["type"]>(
    type: Name,
    slot: (stated: Stated<Of<Name>>) => string,
  ): readonly Stated<Of<Name>>[] {
    const bySlot = new Map<string, Stated<Of<Name>>[]>();
    for (const stated of this.#all(type)) {
      const name = slot(stated);
      bySlot.set(name, [...(bySlot.get(name) ?? []), stated]);
    }
    return [...bySlot.values()].flatMap((all) => {
      if (all.length === 1) return all;
      const contents = new Set(all.map(({ fact }) => describe(fact.payload)));
      return contents.size === 1 ? all : [];
    });
  }
}

/** Names whose word an event is: a member, or the group key of a generation. */
export function voucherOf({ author, authorization }: SignedEvent): string {
  return authorization.kind === "threshold" ? keyVoucher(authorization.generation) : author;
}

function keyVoucher(generation: number): string {
  return `${ACCOUNT_AUTHOR}#${generation}`;
}

function isUnder({ authorization }: SignedEvent, generation: number): boolean {
  return authorization.kind === "threshold" && authorization.generation === generation;
}

function keyOf(
  { groupKey, packageHash, threshold }: AccountPayload<"AdoptGroupKey">,
  generation: number,
  from: number,
): GroupKey {
  return Object.freeze({ generation, groupKey, packageHash, threshold, from });
}

/** Payloads are frozen, and looked at again with each event that comes. */
const described = new WeakMap<object, string>();

function describe(payload: object): string {
  const known = described.get(payload);
  if (known !== undefined) return known;
  const text = toHex(encode(payload));
  described.set(payload, text);
  return text;
}

function memberText({ kind, from, until, signingKey, sealingKey }: Member): string {
  return [kind, from, until ?? "", toHex(signingKey), toHex(sealingKey)].join(" ");
}

function keyText({ from, until, groupKey, packageHash, threshold }: GroupKey): string {
  return [from, until ?? "", toHex(groupKey), toHex(packageHash), threshold].join(" ");
}
