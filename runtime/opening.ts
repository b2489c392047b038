/** Says on the ledger what a session is, so that whoever reads it later can tell. */
import type { Device } from "./device.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { CausalPast } from "./past.ts";
import { SessionOpened, openedStep } from "./record.ts";
import type { Session } from "./session.ts";
import type { TimeSource } from "./time/time-source.ts";
import { writeEvent } from "./write.ts";

export interface Opening {
  readonly session: Session;
  readonly device: Device;
  readonly ledger: Ledger;
  readonly time: TimeSource;
}

/** Writes the record, unless somebody has; devices that begin at once may each write it. */
export function announce({ session, device, ledger, time }: Opening): void {
  if (ledger.events({ session: session.id, step: openedStep }).length > 0) return;
  const place = { protocol: session.protocol, step: openedStep, device: device.id };
  writeEvent({
    ...{ ledger, device, session, place, past: new CausalPast(ledger) },
    ...{ step: openedStep, iteration: 0, event: SessionOpened },
    payload: { kind: session.origin.kind, bytes: session.origin.bytes },
    epoch: time.epoch(),
  });
}
