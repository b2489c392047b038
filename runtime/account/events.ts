/**
 * The events of the account itself: who may author each, and the slot that each fills. They stand in
 * the session whose id is the account's. A type that is not listed here is a protocol's: devices and
 * guardians author it, in any other session.
 */
import * as v from "valibot";

import type { EventAuthorization } from "../ledger/envelope.ts";
import { DEVICE_ID, SESSION_ID } from "../ledger/envelope-fields.ts";

const MAX_COUNT = 2 ** 48 - 1;
/** Most epochs that a lock or a reservation is given for. */
const MAX_LEASE = 2 ** 20;
const MAX_RANGE = 2 ** 20;
/** Most sessions that one snapshot closes; the next one closes the rest. */
export const MAX_CLOSED = 512;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(MAX_COUNT));
const positive = v.pipe(count, v.minValue(1));
const sessionId = v.pipe(v.string(), v.regex(SESSION_ID));
const party = v.pipe(v.string(), v.regex(DEVICE_ID));
const key = v.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length === 32,
  "not 32 bytes",
);
const operation = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/));
const reason = v.pipe(v.string(), v.maxLength(200));
const lease = v.pipe(positive, v.maxValue(MAX_LEASE));

const groupKey = {
  groupKey: key,
  packageHash: key,
  threshold: v.pipe(v.number(), v.safeInteger(), v.minValue(2), v.maxValue(64)),
};
const keys = { signingKey: key, sealingKey: key };
const from = count;

interface GroupKeyPayload {
  /** Ed25519 public key of the group. */
  readonly groupKey: Uint8Array;
  /** Hash of the public package that the devices' shares belong to. */
  readonly packageHash: Uint8Array;
  /** How many devices together sign. */
  readonly threshold: number;
}

interface PartyKeys {
  readonly signingKey: Uint8Array;
  readonly sealingKey: Uint8Array;
}

/** `from` is the epoch from which an event is in effect. */
interface AccountPayloads {
  /** A device of the genesis says which group key the account begins with. */
  readonly AdoptGroupKey: GroupKeyPayload;
  /** The group hands over to a new key, or to new shares of the same one. */
  readonly ChangeGroupKey: GroupKeyPayload & {
    readonly generation: number;
    readonly from: number;
  };
  readonly AddDevice: PartyKeys & { readonly device: string; readonly from: number };
  readonly RemoveDevice: {
    readonly device: string;
    readonly from: number;
    readonly reason: string;
  };
  readonly AddGuardian: PartyKeys & { readonly guardian: string; readonly from: number };
  readonly RemoveGuardian: {
    readonly guardian: string;
    readonly from: number;
    readonly reason: string;
  };
  /** Invalidates the presence tickets of all earlier session epochs. */
  readonly BumpSessionEpoch: { readonly to: number };
  readonly CachePresenceTicket: {
    readonly serial: number;
    readonly sessionEpoch: number;
    readonly digest: Uint8Array;
    readonly expires: number;
  };
  /** `token` is one above the last grant's: whoever guards a resource refuses a lower one (fencing). */
  readonly GrantOperationLock: {
    readonly operation: string;
    readonly holder: string;
    readonly session: string;
    readonly token: number;
    readonly from: number;
    readonly lease: number;
  };
  readonly ReleaseOperationLock: { readonly operation: string; readonly token: number };
  readonly IncrementCounter: {
    readonly relationship: string;
    readonly previous: number;
    readonly device: string;
  };
  /** Takes the values `start` to `start + size - 1`, to be used until epoch `expires`. */
  readonly ReserveCounterRange: {
    readonly relationship: string;
    readonly start: number;
    readonly size: number;
    readonly device: string;
    readonly expires: number;
  };
  /** The state, and the sessions before an epoch that are over: their events may be dropped. */
  readonly CommitSnapshot: {
    readonly before: number;
    readonly stateHash: Uint8Array;
    readonly closed: readonly { readonly session: string; readonly events: Uint8Array }[];
  };
}

export type AccountEventName = keyof AccountPayloads;
export type AccountPayload<Name extends AccountEventName> = AccountPayloads[Name];

/** Its own type: the declarations of this module name no schema of a library. */
const accountPayloads: {
  readonly [Name in AccountEventName]: v.GenericSchema<unknown, AccountPayloads[Name]>;
} = {
  AdoptGroupKey: v.strictObject(groupKey),
  ChangeGroupKey: v.strictObject({ ...groupKey, generation: v.pipe(count, v.minValue(2)), from }),
  AddDevice: v.strictObject({ device: party, ...keys, from }),
  RemoveDevice: v.strictObject({ device: party, from, reason }),
  AddGuardian: v.strictObject({ guardian: party, ...keys, from }),
  RemoveGuardian: v.strictObject({ guardian: party, from, reason }),
  BumpSessionEpoch: v.strictObject({ to: positive }),
  CachePresenceTicket: v.strictObject({
    serial: count,
    sessionEpoch: count,
    digest: key,
    expires: count,
  }),
  GrantOperationLock: v.strictObject({
    operation,
    holder: party,
    session: sessionId,
    token: positive,
    from,
    lease,
  }),
  ReleaseOperationLock: v.strictObject({ operation, token: positive }),
  IncrementCounter: v.strictObject({ relationship: sessionId, previous: count, device: party }),
  ReserveCounterRange: v.pipe(
    v.strictObject({
      relationship: sessionId,
      start: positive,
      size: v.pipe(positive, v.maxValue(MAX_RANGE)),
      device: party,
      expires: count,
    }),
    v.check(({ start, size }) => start + size - 1 <= MAX_COUNT, "beyond the last value"),
  ),
  CommitSnapshot: v.strictObject({
    before: positive,
    stateHash: key,
    closed: v.pipe(
      v.array(v.strictObject({ session: sessionId, events: key })),
      v.maxLength(MAX_CLOSED),
    ),
  }),
};

/** An account event whose payload was checked. */
export type AccountFact = {
  readonly [Name in AccountEventName]: {
    readonly type: Name;
    readonly payload: AccountPayload<Name>;
  };
}[AccountEventName];

/** Who may author each type. Whatever changes the account for others is the threshold's. */
const authorizations: Readonly<Record<AccountEventName, EventAuthorization["kind"]>> = {
  AdoptGroupKey: "device",
  ChangeGroupKey: "threshold",
  AddDevice: "threshold",
  RemoveDevice: "threshold",
  AddGuardian: "threshold",
  RemoveGuardian: "threshold",
  BumpSessionEpoch: "threshold",
  CachePresenceTicket: "device",
  GrantOperationLock: "threshold",
  ReleaseOperationLock: "device",
  IncrementCounter: "threshold",
  ReserveCounterRange: "threshold",
  CommitSnapshot: "threshold",
};

export function isAccountEvent(type: string): type is AccountEventName {
  return Object.hasOwn(accountPayloads, type);
}

/** Who may author events of this type. */
export function authorizationOf(type: AccountEventName): EventAuthorization["kind"] {
  return authorizations[type];
}

/** Reads the payload; a sentence where it is not one of the type. */
export function readFact(type: AccountEventName, payload: unknown): AccountFact | string {
  const fact = { type, payload };
  // The payload itself, and not what parsing makes of it: that of an event is frozen.
  if (isFact(fact)) return fact;
  const { issues } = v.safeParse(accountPayloads[type], payload, { abortEarly: true });
  const [issue] = issues ?? [];
  return issue === undefined ? "payload" : `${v.getDotPath(issue) ?? "payload"}: ${issue.message}`;
}

function isFact(fact: {
  readonly type: AccountEventName;
  readonly payload: unknown;
}): fact is AccountFact {
  return v.is(accountPayloads[fact.type], fact.payload);
}

/** The step and turn under which the fact stands: one slot for what may be said once. */
export function slotOf({ type, payload }: AccountFact): readonly [step: string, iteration: number] {
  switch (type) {
    case "AdoptGroupKey":
      return [type, 0];
    case "ChangeGroupKey":
      return [type, payload.generation];
    case "AddDevice":
    case "RemoveDevice":
      return [`${type}.${payload.device}`, 0];
    case "AddGuardian":
    case "RemoveGuardian":
      return [`${type}.${payload.guardian}`, 0];
    case "BumpSessionEpoch":
      return [type, payload.to];
    case "CachePresenceTicket":
      return [type, payload.serial];
    case "GrantOperationLock":
    case "ReleaseOperationLock":
      return [`${type}.${payload.operation}`, payload.token];
    // Two devices that count on at once fill two slots: one of them loses, and neither has cheated.
    case "IncrementCounter":
      return [`Counter.${payload.relationship}.${payload.device}`, payload.previous + 1];
    case "ReserveCounterRange":
      return [`Counter.${payload.relationship}.${payload.device}`, payload.start];
    case "CommitSnapshot":
      return [type, payload.before];
  }
}
