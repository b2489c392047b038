/** What is refused, and for which reason. Hostile input is an outcome: the ledger never throws at it. */
import { encode } from "../../ledger/cbor.ts";
import { ACCOUNT_AUTHOR, type SignedEvent } from "../../ledger/envelope.ts";
import {
  OPERATION,
  ROSTER,
  SESSION,
  accountEvent,
  addDevice,
  adoptions,
  bodyOf,
  changeKey,
  groupKeyOf,
  memberKeys,
  removeDevice,
  stepBy,
} from "../cast.ts";
import type { Law } from "../trial.ts";
import { viewOf } from "../view.ts";

const threshold = (generation: number) => ({ kind: "threshold", generation }) as const;
const gran = { guardian: "gran", ...memberKeys("gran"), from: 0 };

/** Key 1 until epoch 10, then key 2; frank from 3 to 7; gran is a guardian. */
const setting: readonly SignedEvent[] = [
  ...adoptions(),
  changeKey(2, 10),
  addDevice("frank", 3),
  removeDevice("frank", 7),
  accountEvent("AddGuardian", gran, { generation: 1 }),
];

/** The bytes of a step with some field of its own, signed or not by somebody. */
function unsealed(fields: object): Uint8Array {
  return encode({ ...bodyOf(), ...fields, signature: new Uint8Array(64) });
}

/** Says a number in more bytes than it needs. */
function stretched({ bytes }: SignedEvent): Uint8Array {
  const text = new TextEncoder().encode("nonce");
  const at = bytes.findIndex((_, start) => text.every((byte, by) => bytes[start + by] === byte));
  const value = at + text.length;
  return Uint8Array.of(...bytes.slice(0, value), 0x18, ...bytes.slice(value));
}

type Refusal = readonly [what: string, reason: string, bytes: Uint8Array];

function refusals(): readonly Refusal[] {
  return [...misshapen(), ...unfounded()];
}

/** Whoever signed them. */
function misshapen(): readonly Refusal[] {
  return [
    ["more bytes than an event has", "TooLarge", new Uint8Array(64 * 1024 + 1)],
    ["no bytes", "Malformed", new Uint8Array()],
    ["a null", "Malformed", Uint8Array.of(0xf6)],
    ["an unknown field", "Malformed", unsealed({ extra: 1 })],
    ["a session that is no id", "Malformed", unsealed({ session: "Z" })],
    [
      "parents out of order",
      "Malformed",
      unsealed({ parents: ["2", "1"].map((d) => d.repeat(64)) }),
    ],
    ["a number in another encoding", "NotCanonical", stretched(stepBy("alice"))],
    ["a newer version", "UnknownVersion", unsealed({ version: 2 })],
    ["another account's", "WrongAccount", stepBy("alice", { account: "cd".repeat(32) }).bytes],
    ["a nonce too high", "TooManyEvents", stepBy("alice", { nonce: 1 << 16 }).bytes],
    [
      "a step by the account",
      "NotAuthorized",
      stepBy("alice", { authorization: threshold(1) }).bytes,
    ],
    [
      "a step by the group",
      "NotAuthorized",
      stepBy(ACCOUNT_AUTHOR, { authorization: threshold(1), signer: "group 1" }).bytes,
    ],
    ["a guardian as a device", "NotAuthorized", stepBy("gran").bytes],
    [
      "a device as a guardian",
      "NotAuthorized",
      stepBy("bob", { authorization: { kind: "guardian" } }).bytes,
    ],
    [
      "a device's removal of another",
      "NotAuthorized",
      accountEvent("RemoveDevice", { device: "bob", from: 0, reason: "" }).bytes,
    ],
    ["a key by itself", "NotAuthorized", changeKey(2, 0, 2).bytes],
    [
      "a step in the account's session",
      "Misplaced",
      stepBy("alice", { session: ROSTER.account }).bytes,
    ],
    [
      "an account event in another session",
      "Misplaced",
      addDevice("heidi", 0, { session: SESSION }).bytes,
    ],
    [
      "an account event in another's slot",
      "Misplaced",
      addDevice("heidi", 0, { step: "AddDevice.gina" }).bytes,
    ],
    [
      "an account event of a wrong shape",
      "BadPayload",
      addDevice("heidi", 0, { payload: { device: "heidi" } }).bytes,
    ],
  ];
}

/** Of those who have no say. */
function unfounded(): readonly Refusal[] {
  const frank = (epoch: number) => stepBy("frank", { epoch }).bytes;
  const late = addDevice("heidi", 0, { epoch: 10 });
  return [
    ["a step by nobody", "UnknownAuthor", stepBy("mallory").bytes],
    [
      "a key that is yet to be agreed on",
      "UnknownKey",
      addDevice("heidi", 0, { generation: 3 }).bytes,
    ],
    ["a step before its author came", "NotAMember", frank(2)],
    ["a step after its author went", "NotAMember", frank(7)],
    ["an old key", "StaleKey", late.bytes],
    [
      "a key that is yet to come",
      "StaleKey",
      addDevice("heidi", 0, { generation: 2, epoch: 9 }).bytes,
    ],
    ["a step signed by another", "BadSignature", stepBy("alice", { signer: "bob" }).bytes],
    ["a step that nobody signed", "BadSignature", unsealed({})],
    [
      "another group's signature",
      "BadSignature",
      addDevice("heidi", 0, { signer: "group 2" }).bytes,
    ],
    [
      "a device's signature for the group",
      "BadSignature",
      addDevice("heidi", 0, { signer: "bob" }).bytes,
    ],
  ];
}

export const admissionLaws: readonly Law[] = [
  {
    name: "what breaks a rule is quarantined for its reason, unheard, and leaves the state as it is",
    run: async (trial) => {
      const ledger = await trial.ledger(setting);
      const before = viewOf(ledger);
      const heard: string[] = [];
      ledger.subscribe(({ hash }) => heard.push(hash));
      for (const [what, reason, bytes] of refusals()) {
        const got = ledger.append(bytes);
        trial.same(`append(${what})`, got, { status: "quarantined", reason });
      }
      trial.same("hashes of the refused that were heard of", heard, []);
      trial.sameView("after refusals", viewOf(ledger), before);
      const kept = ledger.quarantined().map(({ reason }) => reason);
      const reasons = refusals().map(([, reason]) => reason);
      trial.same("reasons of quarantined(), oldest first", kept, reasons);
      const [, ...shown] = ledger.quarantined().map(({ bytes }) => bytes);
      const [, ...offered] = refusals().map(([, , bytes]) => bytes);
      trial.same("bytes of quarantined(), but of those too large", shown, offered);
    },
  },
  {
    name: "what fits every rule is admitted at the ends of its author's time, in any order",
    run: async (trial) => {
      const good = [
        stepBy("frank", { epoch: 3 }),
        stepBy("frank", { epoch: 6, nonce: 1 }),
        stepBy("gran", { authorization: { kind: "guardian" } }),
        addDevice("heidi", 0, { epoch: 9 }),
        addDevice("gina", 0, { generation: 2, epoch: 10 }),
        accountEvent("ReleaseOperationLock", { operation: OPERATION, token: 1 }),
        stepBy("alice", { nonce: (1 << 16) - 1 }),
      ];
      const ledger = await trial.ledger(setting);
      for (const event of good) {
        const got = ledger.append(event.bytes).status;
        trial.same(`append(${event.type} of ${event.author} at ${event.epoch})`, got, "admitted");
      }
      const backwards = await trial.ledger([...setting, ...good].toReversed());
      trial.sameView("the same, last first", viewOf(backwards), viewOf(ledger));
    },
  },
  {
    name: "the group has the key that every device of the genesis adopted, and no other",
    run: async (trial) => {
      const [first, ...rest] = adoptions();
      const ledger = await trial.ledger(rest);
      trial.same("state.groupKey before all adopted", ledger.state.groupKey, undefined);
      if (first !== undefined) ledger.append(first.bytes);
      const key = { generation: 1, ...groupKeyOf(1), from: 0 };
      trial.same("state.groupKey", ledger.state.groupKey, key);
      const other = accountEvent("AdoptGroupKey", groupKeyOf(9), { nonce: 1 });
      ledger.append(other.bytes);
      trial.same("state.groupKey where one said two things", ledger.state.groupKey, undefined);
    },
  },
];
