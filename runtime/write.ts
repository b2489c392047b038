/** Writing an event of one's own, at most one to a slot. */
import { ProtocolError } from "../dsl/index.ts";
import type { AnyEvent, ErrorPlace } from "../dsl/index.ts";
import type { Device } from "./device.ts";
import { signEvent } from "./ledger/envelope.ts";
import type { SignedEvent } from "./ledger/envelope.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { CausalPast } from "./past.ts";
import { checkedPayload } from "./payload.ts";
import type { Session } from "./session.ts";

export interface Writing {
  readonly ledger: Ledger;
  readonly past: CausalPast;
  /** Hashes of the events that the device has acted on in this session. */
  readonly counted?: () => readonly string[];
  readonly device: Device;
  readonly session: Session;
  readonly step: string;
  readonly iteration: number;
  readonly event: AnyEvent;
  readonly payload: unknown;
  readonly epoch: number;
  readonly place: ErrorPlace;
}

/**
 * Signs the event and appends it, unless this device has filled the slot before: then what it wrote
 * stands. A role that runs again may come to the step with another view of the others than at first,
 * and to sign a second content for one slot would be equivocation.
 *
 * @returns the event in the slot
 * @throws ProtocolError `InvalidInput` where the payload is not the event's, `InvalidState` where
 *   the slot holds an event of another type or two contents, `NotAdmitted` where the ledger refuses
 *   the event
 */
export function writeEvent(writing: Writing): SignedEvent {
  const { ledger, past, device, session, step, iteration, event, place } = writing;
  const payload = checkedPayload(event, writing.payload, place);
  const written = writtenBefore(writing);
  if (written !== undefined) return written;
  const signed = signEvent(
    {
      version: 1,
      account: session.account,
      session: session.id,
      step,
      iteration,
      author: device.id,
      nonce: ledger.nextNonce(device.id, session.id),
      parents: past.parentsFor(device.id, session.id, writing.counted),
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

function writtenBefore({ ledger, device, session, step, iteration, event, place }: Writing) {
  const slot = { session: session.id, step, iteration };
  const [written] = ledger.events({ ...slot, authors: [device.id] });
  if (written === undefined) return undefined;
  const forked = ledger.equivocation({ ...slot, author: device.id }).length > 0;
  if (written.type === event.name && !forked) return written;
  throw new ProtocolError({
    code: "InvalidState",
    what: "this device has signed something else for this step before",
    todo: "Give the session up and start a new one: signing twice would be equivocation",
    where: place,
  });
}
