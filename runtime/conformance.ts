/**
 * What every ledger does, for whoever writes another one: run it with any test runner, or none.
 */
import { admissionLaws } from "./conformance/laws/admission.ts";
import { compactionLaws } from "./conformance/laws/compaction.ts";
import { floodLaws } from "./conformance/laws/floods.ts";
import { memberLaws } from "./conformance/laws/members.ts";
import { orderLaws } from "./conformance/laws/order.ts";
import { readingLaws } from "./conformance/laws/reading.ts";
import { subscriptionLaws } from "./conformance/laws/subscriptions.ts";
import { type LedgerConformanceOptions, Trial } from "./conformance/trial.ts";

export type { LedgerConformanceOptions };

/** A law of ledgers, put to one implementation. */
export interface ConformanceCase {
  readonly name: string;
  /** @throws ProtocolError `InvalidInput` where the ledger breaks the law: what was asked, and the seed */
  readonly run: () => Promise<void>;
}

/**
 * The laws of ledgers, each a case to run alone. A case opens ledgers of its own, and signs with keys
 * of its own.
 *
 * @example
 * ```ts run
 * import { MemoryLedger } from "aura-choreography/runtime";
 * import { ledgerConformance } from "aura-choreography/runtime/conformance";
 *
 * const open = (roster: MemoryLedger["roster"]) => new MemoryLedger(roster);
 * for (const { run } of ledgerConformance({ open, seed: 2026 })) await run();
 * ```
 */
export function ledgerConformance(options: LedgerConformanceOptions): readonly ConformanceCase[] {
  return [
    ...readingLaws,
    ...orderLaws,
    ...subscriptionLaws,
    ...admissionLaws,
    ...floodLaws,
    ...memberLaws,
    ...compactionLaws,
  ].map((law) => ({ name: law.name, run: () => new Trial(options, law.name).put(law) }));
}
