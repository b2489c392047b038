/** What the runtime has for Node alone: files, and Automerge's WebAssembly module. */
export { BurnFolder } from "./agent/burn-folder.ts";
export { KeyStore } from "./agent/key-store.ts";
export type { KeyStoreOptions } from "./agent/key-store.ts";
export { loadAutomerge } from "./ledger/automerge-node.ts";
