/** Events that no script would write: a device signs what it likes. */
import type { AnyEvent } from "../../dsl/index.ts";
import type { Device, Ledger, Session } from "../../runtime/index.ts";
import { signEvent } from "../../runtime/ledger/envelope.ts";
import type { EventBody, SignedEvent } from "../../runtime/ledger/envelope.ts";

/** The event of `step` that the device signs when asked to; nobody has it yet. */
export function forge(
  device: Device,
  session: Session,
  step: string,
  type: Pick<AnyEvent, "name">,
  payload: unknown,
  fields: Partial<EventBody> = {},
): SignedEvent {
  const body: EventBody = {
    version: 1,
    account: session.account,
    session: session.id,
    step,
    iteration: 0,
    author: device.id,
    nonce: 0,
    parents: [],
    epoch: 0,
    type: type.name,
    payload,
    authorization: { kind: "device" },
    ...fields,
  };
  return signEvent(body, device.signing.secretKey);
}

/** As {@link forge}, on top of what the ledger holds, and appended to it. */
export function write(
  ledger: Ledger,
  device: Device,
  session: Session,
  step: string,
  type: Pick<AnyEvent, "name">,
  payload: unknown,
  fields: Partial<EventBody> = {},
): SignedEvent {
  const nonce = ledger.nextNonce(device.id, session.id);
  const place = { nonce, parents: ledger.heads(session.id), ...fields };
  const event = forge(device, session, step, type, payload, place);
  ledger.append(event.bytes);
  return event;
}

/** Brings every event of the session that `from` holds to `to`. */
export function deliver(from: Ledger, to: Ledger, session: Session): void {
  for (const event of from.events({ session: session.id })) to.append(event.bytes);
}
