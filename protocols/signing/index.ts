/** Threshold signatures. */
export { signing } from "./choreography.ts";
export type { Proposal, SigningDevice, SigningParams } from "./context.ts";
export * from "./events.ts";
export { signingPackage } from "./keyset.ts";
export { NonceVault, memoryMarks } from "./nonce-vault.ts";
export type { BurnMarks, NonceVaultOptions } from "./nonce-vault.ts";
export { signThreshold, signingScripts, signingSession } from "./sign-threshold.ts";
export type { SigningSession, SigningSpec } from "./sign-threshold.ts";
