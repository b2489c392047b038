/**
 * Automerge's WebAssembly module on Node. The library itself imports the slim build, which leaves to
 * the program how the module is loaded; on Node, the full build loads it into the same instance.
 */

import { isWasmInitialized } from "@automerge/automerge";

import { ProtocolError } from "../../dsl/errors.ts";

/**
 * Makes Automerge ready. Call it once, before the first `AutomergeLedger`; in a browser, call
 * `initializeWasm` of `@automerge/automerge/slim` instead.
 *
 * @throws ProtocolError `InvalidState` where the module did not load with this file
 */
export function loadAutomerge(): void {
  if (isWasmInitialized()) return;
  throw new ProtocolError({
    code: "InvalidState",
    what: "Automerge's WebAssembly module is not loaded",
    todo: "call this on Node, unbundled, and initializeWasm elsewhere",
  });
}
