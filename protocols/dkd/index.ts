/** Deterministic key derivation. */
import { coordinator } from "./generated/dkd.coordinator.ts";
import { participant } from "./generated/dkd.participant.ts";

export { dkd } from "./choreography.ts";
export type { DerivedKey, DkdDevice, DkdParams } from "./context.ts";
export * from "./events.ts";

/** The local scripts of DKD, by role. */
export const dkdScripts = Object.freeze({ coordinator, participant });
