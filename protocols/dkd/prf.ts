/**
 * The function that DKD computes: a pseudorandom function under a key that no device has. It is
 * the verifiable oblivious one of RFC 9497 (ristretto255-SHA512, mode VOPRF) with its key shared
 * by Shamir's scheme, evaluated share by share and joined in the exponent (Naor, Pinkas, Reingold:
 * "Distributed Pseudo-random Functions and KDCs", 1999; Jarecki, Kiayias, Krawczyk, Xu: "TOPPSS",
 * 2017). Each partial value is the only one that its share can prove, so every quorum gives one
 * output and nobody can steer it.
 */

import type { RandomBytes } from "../../dsl/context.ts";
import { ProtocolError } from "../../dsl/errors.ts";
import { deriveEntropy } from "../../runtime/crypto/entropy.ts";
import { concatBytes, hkdf, lengthPrefixed, utf8ToBytes } from "../../runtime/crypto/hash.ts";
import {
  hashedTimes,
  isElement,
  oprfOutput,
  scalars,
  sumOfProducts,
  voprf,
} from "../../runtime/crypto/ristretto.ts";

const LABEL = "aura/dkd/v1";
/** RFC 9497, section 3.1: mode 1 is VOPRF. */
const HASH_TO_GROUP = concatBytes(
  utf8ToBytes("HashToGroup-OPRFV1-"),
  Uint8Array.of(1),
  utf8ToBytes("-ristretto255-SHA512"),
);
/** RFC 9497, section 1.2: an input is shorter than 2^16 bytes. */
const MAX_INPUT_BYTES = 0xffff;
const ONE = scalars.toBytes(scalars.ONE);

export interface PrfInput {
  /** Id of the account whose devices derive. */
  readonly account: string;
  /** Id of the shared key. Not its epoch: resharing does not change outputs. */
  readonly keyset: string;
  /** The application that the key is for. */
  readonly application: string;
  /** What the application derives it for. */
  readonly context: Uint8Array;
}

export interface Blinded {
  /** r · HashToGroup(input), 32 bytes: shown to everyone. */
  readonly blinded: Uint8Array;
  /** The scalar r, 32 bytes: whoever has it can compute the output from the reveals. */
  readonly blindScalar: Uint8Array;
}

/** One device's share of the value, and the proof that it used its share of the key. */
export interface Evaluation {
  /** s · blinded, 32 bytes. */
  readonly element: Uint8Array;
  /** 64 bytes: equality of discrete logarithms (RFC 9497, section 2.2). */
  readonly proof: Uint8Array;
}

/** An element with the number of the share that made it. */
export interface PartialValue {
  /** The share's number: 1 to 65535. */
  readonly identifier: number;
  readonly element: Uint8Array;
}

/**
 * The input of the function: its fields, each length-prefixed, under a label.
 *
 * @throws ProtocolError `InvalidInput` where they take 65536 bytes or more
 */
export function prfInput(fields: PrfInput): Uint8Array {
  const { account, keyset, application, context } = fields;
  const input = lengthPrefixed(LABEL, account, keyset, application, context);
  if (input.length <= MAX_INPUT_BYTES) return input;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `the input of a key derivation takes ${input.length} bytes`,
    todo: `keep its fields under ${MAX_INPUT_BYTES} bytes together; hash a longer context`,
  });
}

/** Hides an input behind a fresh random scalar. */
export function blind(input: Uint8Array, random: RandomBytes): Blinded {
  const { blind: blindScalar, blinded } = voprf.blind(input, drawing(random));
  return { blinded, blindScalar };
}

/**
 * Hides an input behind a given scalar: how a participant checks that the blinded element it is
 * asked to evaluate is that of the input, and not one chosen to learn about its share.
 *
 * @throws ProtocolError `Rejected` for a scalar that is zero or not canonical
 */
export function blindWith(input: Uint8Array, blindScalar: Uint8Array): Uint8Array {
  const r = scalarOf(blindScalar);
  return hashedTimes(input, HASH_TO_GROUP, r);
}

/**
 * Evaluates one share of the key, and proves it.
 *
 * The proof is a Schnorr proof: one nonce used for two different challenges gives the share away.
 * So the nonce is not read from `random` but hashed from it together with the share and the
 * blinded element: even a stream that is replayed gives another nonce for another element. Bind
 * the stream to the element all the same.
 *
 * @param share this device's key share
 * @param verifyingShare the share times the base point, from the public package
 * @param blinded the element to evaluate, after {@link blindWith} agreed with it
 * @throws ProtocolError `Rejected` for an element that is not canonical or the identity
 */
export function evaluate(
  share: { readonly secret: Uint8Array },
  verifyingShare: Uint8Array,
  blinded: Uint8Array,
  random: RandomBytes,
): Evaluation {
  if (!isElement(blinded)) throw rejected("a blinded element is not a ristretto255 element");
  const fresh = random(32);
  const nonce = deriveEntropy(share.secret, "aura/dkd/proof/v1", verifyingShare, blinded, fresh);
  fresh.fill(0);
  const { evaluated, proof } = voprf.blindEvaluate(
    share.secret,
    verifyingShare,
    blinded,
    drawing(nonce),
  );
  return { element: evaluated, proof };
}

/**
 * Whether an element is the blinded one times the share behind `verifyingShare`. Malformed bytes
 * and the identity are not.
 */
export function verifyEvaluation(
  verifyingShare: Uint8Array,
  blinded: Uint8Array,
  evaluation: Evaluation,
): boolean {
  const { element, proof } = evaluation;
  try {
    // The library verifies on the way to an output, which is of no use here: any input will do.
    voprf.finalize(new Uint8Array(0), ONE, element, blinded, verifyingShare, proof);
    return true;
  } catch {
    return false;
  }
}

/**
 * Joins a quorum's elements, each verified before, into the output of the function.
 *
 * @param values of distinct shares; the `threshold` lowest-numbered are used
 * @returns 64 bytes, the same for every quorum
 * @throws ProtocolError `InvalidInput` for fewer than `threshold`, for a number that comes twice
 * or is out of range; `Rejected` for an element or scalar that is malformed
 */
export function combine(
  values: readonly PartialValue[],
  threshold: number,
  input: Uint8Array,
  blindScalar: Uint8Array,
): Uint8Array {
  requireQuorum(values, threshold);
  const quorum = values.toSorted((a, b) => a.identifier - b.identifier).slice(0, threshold);
  if (!quorum.every(({ element }) => isElement(element))) {
    throw rejected("a revealed element is not a ristretto255 element");
  }
  scalarOf(blindScalar);
  const identifiers = quorum.map(({ identifier }) => identifier);
  const joined = sumOfProducts(
    quorum.map(({ element }) => element),
    identifiers.map((identifier) => lagrange(identifiers, identifier)),
  );
  if (!isElement(joined)) throw rejected("revealed elements join to the identity");
  return oprfOutput(input, blindScalar, joined);
}

/**
 * A key out of the output of the function. Keys of different purposes say nothing of each other.
 *
 * @param output the 64 bytes of {@link combine}
 * @param length bytes, 1 to 8160
 * @throws ProtocolError `InvalidInput` for a length outside the range
 */
export function deriveKey(output: Uint8Array, purpose: string, length: number): Uint8Array {
  return hkdf(output, LABEL, purpose, length);
}

/** Interpolates at zero: the product of m / (m − own) over the others m, modulo the group order. */
function lagrange(identifiers: readonly number[], own: number): bigint {
  let [numerator, denominator] = [scalars.ONE, scalars.ONE];
  for (const other of identifiers) {
    if (other === own) continue;
    numerator = scalars.mul(numerator, BigInt(other));
    denominator = scalars.mul(denominator, scalars.create(BigInt(other - own)));
  }
  return scalars.div(numerator, denominator);
}

function requireQuorum(values: readonly PartialValue[], threshold: number): void {
  const identifiers = new Set(values.map(({ identifier }) => identifier));
  const inRange = [threshold, ...identifiers].every(
    (n) => Number.isInteger(n) && n >= 1 && n <= 0xffff,
  );
  if (inRange && identifiers.size === values.length && values.length >= threshold) return;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `${values.length} values of ${identifiers.size} shares do not join under threshold ${threshold}`,
    todo: "pass at least the threshold of values, of distinct shares numbered from 1",
  });
}

function scalarOf(bytes: Uint8Array): bigint {
  try {
    const scalar = scalars.fromBytes(bytes);
    if (scalar !== scalars.ZERO) return scalar;
  } catch {
    // Refused below, with zero.
  }
  throw rejected("a blinding scalar is zero or not canonical");
}

function rejected(what: string): ProtocolError {
  return new ProtocolError({ code: "Rejected", what, todo: "refuse it, and blame its author" });
}

/** The library's shape of a random source. */
function drawing(random: RandomBytes): (length?: number) => Uint8Array<ArrayBuffer> {
  return (length = 32) => Uint8Array.from(random(length));
}
