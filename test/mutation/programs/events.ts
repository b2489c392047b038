/** Events with payloads of different types. */
import { event } from "../../../dsl/index.ts";
import type { AbortPayload, PayloadSchema } from "../../../dsl/index.ts";

/** The schema of `T` for a compiler: nothing here runs. */
function schema<T>(): PayloadSchema<T> {
  return {
    "~standard": { version: 1, vendor: "test", validate: () => ({ issues: [{ message: "" }] }) },
  };
}

export const AbortTrip = event("AbortTrip", schema<AbortPayload>(), "device");
export const Asked = event("Asked", schema<{ readonly place: string }>(), "device");
export const Hinted = event("Hinted", schema<{ readonly hint: Uint8Array }>(), "device");
export const Dealt = event("Dealt", schema<{ readonly share: bigint }>(), "device");
export const Answered = event("Answered", schema<{ readonly yes: boolean }>(), "device");
export const Offered = event("Offered", schema<{ readonly price: number }>(), "device");
export const Settled = event("Settled", schema<{ readonly agreed: number }>(), "device");
export const Told = event("Told", schema<{ readonly why: readonly string[] }>(), "device");

export interface TripParams {
  readonly rounds: number;
}

export interface TripDevice {
  readonly limit: number;
}
