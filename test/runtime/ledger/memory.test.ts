import { MemoryLedger } from "../../../runtime/ledger/memory.ts";
import { conformsToLedger } from "./conformance.ts";
import { ROSTER } from "./fixtures.ts";

conformsToLedger("MemoryLedger", () => new MemoryLedger(ROSTER));
