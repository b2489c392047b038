/** Distributed key generation of FROST over ristretto255, under plain signatures as in `bytes.ts`. */
import { ristretto255_FROST } from "@noble/curves/ed25519.js";

/** What a member shows to all in the first round. */
export interface Deal {
  identifier: string;
  commitment: Uint8Array<ArrayBuffer>[];
  proofOfKnowledge: Uint8Array<ArrayBuffer>;
}

/** What a member sends to one other in the second. */
interface SigningShare {
  identifier: string;
  signingShare: Uint8Array<ArrayBuffer>;
}

/** A member's polynomial, while key generation is under way. */
export interface Polynomial {
  identifier: bigint;
  commitment: Uint8Array<ArrayBuffer>[];
  signers: Signers;
}

interface Signers {
  min: number;
  max: number;
}

interface PublicKeys {
  signers: Signers;
  commitments: Uint8Array<ArrayBuffer>[];
  verifyingShares: Record<string, Uint8Array<ArrayBuffer>>;
}

export interface KeyGeneration {
  readonly Identifier: { fromNumber(member: number): string };
  readonly DKG: {
    round1(
      identifier: string,
      signers: Signers,
      secret: undefined,
      random: (length?: number) => Uint8Array<ArrayBuffer>,
    ): { public: Deal; secret: Polynomial };
    round2(secret: Polynomial, others: Deal[]): Record<string, SigningShare>;
    round3(
      secret: Polynomial,
      deals: Deal[],
      shares: SigningShare[],
    ): { public: PublicKeys; secret: SigningShare };
    clean(secret: Polynomial): void;
  };
  /** @throws for a share that does not lie on the polynomial of the commitments */
  validateSecret(secret: SigningShare, keys: PublicKeys): void;
}

export const keyGeneration: KeyGeneration = ristretto255_FROST;
