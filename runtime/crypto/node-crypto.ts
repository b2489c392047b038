/** Node's own cryptography where there is one, found so that bundlers for browsers do not look. */

import type * as crypto from "node:crypto";

/** `undefined` in browsers and in runtimes older than Node 20.16. */
export function nodeCrypto(): typeof crypto | undefined {
  // Types promise a `process` that browsers do not have.
  const host: { readonly process?: Partial<NodeJS.Process> } = globalThis;
  return host.process?.getBuiltinModule?.("node:crypto");
}
