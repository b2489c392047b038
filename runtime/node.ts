/** What the runtime has for Node alone: files, and Automerge's WebAssembly module. */
export { BurnFolder } from "./agent/burn-folder.ts";
export { KeyStore } from "./agent/key-store.ts";
export type { KeyStoreOptions } from "./agent/key-store.ts";
export { loadAutomerge } from "./ledger/automerge-node.ts";
export { inspectLedger } from "./ledger/store/inspect.ts";
export type { LedgerInspection, SessionInspection } from "./ledger/store/inspect.ts";
export { openLedger } from "./ledger/store/open.ts";
export type { OpenLedger, OpenLedgerOptions, OpenReport } from "./ledger/store/open.ts";
