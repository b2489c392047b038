/**
 * Mutants that are accepted and right: other protocols than their authors', which nobody could
 * tell from a choreography. Each entry is a proof; the test refuses one that no longer survives.
 */
import type { Equivalents } from "./audit.ts";

export const equivalents: Equivalents = {};
