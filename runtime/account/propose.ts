/** Saying something about the account: the event's body, ready for whoever is to sign it. */
import { ProtocolError } from "../../dsl/index.ts";
import type { Device } from "../device.ts";
import { ACCOUNT_AUTHOR, type EventBody, signEvent } from "../ledger/envelope.ts";
import { MAX_PARENTS } from "../ledger/envelope-fields.ts";
import type { Admission } from "../ledger/event-index.ts";
import type { Ledger } from "../ledger/ledger.ts";
import {
  type AccountEventName,
  type AccountPayload,
  authorizationOf,
  readFact,
  slotOf,
} from "./events.ts";

/**
 * The body of an account event that a threshold of devices is to sign. They sign its `signedMessage`,
 * each after it has read the body; `sealEvent` joins body and signature to an event.
 *
 * @param epoch the epoch that it is written at
 * @throws ProtocolError `InvalidInput` for a payload that is not of the type, or a type that devices
 *   sign alone; `InvalidState` where the account has no group key yet
 */
export function proposeFact<Name extends AccountEventName>(
  ledger: Ledger,
  type: Name,
  payload: AccountPayload<Name>,
  epoch: number,
): EventBody {
  requireAuthorization(type, "threshold");
  const key = ledger.state.groupKey;
  if (key === undefined) {
    throw new ProtocolError({
      code: "InvalidState",
      what: "the account has no group key that could sign",
      todo: "let every device of the genesis adopt one first",
      where: { step: type },
    });
  }
  const { generation } = key;
  return {
    ...bodyOf(ledger, type, payload),
    author: ACCOUNT_AUTHOR,
    nonce: 0,
    epoch,
    authorization: { kind: "threshold", generation },
  };
}

/**
 * Writes an account event that a device signs alone.
 *
 * @param epoch the epoch that it is written at
 * @throws ProtocolError `InvalidInput` as {@link proposeFact}
 */
export function writeFact<Name extends AccountEventName>(
  ledger: Ledger,
  device: Pick<Device, "id" | "signing">,
  type: Name,
  payload: AccountPayload<Name>,
  epoch: number,
): Admission {
  requireAuthorization(type, "device");
  const { account } = ledger;
  const body: EventBody = {
    ...bodyOf(ledger, type, payload),
    author: device.id,
    nonce: ledger.nextNonce(device.id, account),
    epoch,
    authorization: { kind: "device" },
  };
  return ledger.append(signEvent(body, device.signing.secretKey).bytes);
}

function bodyOf(ledger: Ledger, type: AccountEventName, payload: unknown) {
  const fact = readFact(type, payload);
  if (typeof fact === "string") throw unfit(type, `its payload is not one of ${type} (${fact})`);
  const [step, iteration] = slotOf(fact);
  const { account } = ledger;
  const parents = ledger.heads(account).slice(0, MAX_PARENTS);
  return {
    version: 1,
    account,
    session: account,
    step,
    iteration,
    parents,
    type,
    payload,
  } as const;
}

function requireAuthorization(type: AccountEventName, kind: "device" | "threshold"): void {
  if (authorizationOf(type) === kind) return;
  throw unfit(type, `${type} is for a ${authorizationOf(type)} to sign`);
}

function unfit(step: string, what: string): ProtocolError {
  return new ProtocolError({
    code: "InvalidInput",
    what,
    todo: "see the table of account events for its fields and its signer",
    where: { step },
  });
}
