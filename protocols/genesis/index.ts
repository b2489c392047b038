/** Distributed key generation. */
import { member } from "./generated/genesis.member.ts";

export { genesis } from "./choreography.ts";
export type { GenesisParams } from "./context.ts";
export * from "./events.ts";
export { packageHash } from "./shared-key.ts";
export type { KeyShare, PublicPackage } from "./shared-key.ts";

/** The local scripts of genesis, by role. */
export const genesisScripts = Object.freeze({ member });
