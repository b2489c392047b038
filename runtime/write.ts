/** Writing an event of one's own, at most one to a slot. */
import { ProtocolError } from "../dsl/index.ts";
import type { AnyEvent, ErrorPlace } from "../dsl/index.ts";
import { equalBytes } from "./crypto/hash.ts";
import type { Device } from "./device.ts";
import { encode } from "./ledger/cbor.ts";
import { signEvent } from "./ledger/envelope.ts";
import type { SignedEvent } from "./ledger/envelope.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { validatePayload } from "./payload.ts";
import type { Session } from "./session.ts";

export interface Writing {
  readonly ledger: Ledger;
  readonly device: Device;
  readonly session: Session;
  readonly step: string;
  readonly event: AnyEvent;
  readonly payload: unknown;
  readonly epoch: number;
  readonly place: ErrorPlace;
}

/**
 * Signs the event and appends it. A device that runs a script again finds what it wrote before and
 * leaves it; it never signs a second content for one slot.
 *
 * @throws ProtocolError `InvalidInput` where the payload is not the event's, `InvalidState` where
 *   the slot holds something else of this device, `NotAdmitted` where the ledger refuses the event
 */
export function writeEvent(writing: Writing): SignedEvent {
  const { ledger, device, session, step, event, place } = writing;
  const payload = ownPayload(writing);
  const before = ledger.events({ session: session.id, step, iteration: 0, authors: [device.id] });
  const [written] = before;
  if (written !== undefined) {
    const same = written.type === event.name && sameValue(written.payload, payload);
    if (same && before.length === 1) return written;
    throw new ProtocolError({
      code: "InvalidState",
      what: "this device has signed something else for this step before",
      todo: "Give the session up and start a new one: signing twice would be equivocation",
      where: place,
    });
  }
  const signed = signEvent(
    {
      version: 1,
      account: session.account,
      session: session.id,
      step,
      iteration: 0,
      author: device.id,
      nonce: ledger.nextNonce(device.id, session.id),
      parents: ledger.heads(session.id).slice(0, mostParents),
      epoch: writing.epoch,
      type: event.name,
      payload,
      authorization: { kind: "device" },
    },
    device.signing.secretKey,
  );
  const admission = ledger.append(signed.bytes);
  if (admission.status !== "quarantined") return signed;
  throw new ProtocolError({
    code: "NotAdmitted",
    what: `the ledger refuses this device's own event (${admission.reason})`,
    todo: "Check that the device's keys are those of the account's roster",
    where: place,
  });
}

/** As many parents as an envelope takes; a writer that sees more heads names some of them. */
const mostParents = 64;

function ownPayload({ event, payload, place }: Writing): unknown {
  const valid = validatePayload(event, payload);
  if ("value" in valid) return valid.value;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `the payload is not that of ${event.name}: ${valid.issue}`,
    todo: "Return what the event's schema asks for",
    where: place,
  });
}

function sameValue(a: unknown, b: unknown): boolean {
  return equalBytes(encode(a), encode(b));
}
