/**
 * Random streams made from a secret or a seed and a name. A stream that can be made again lets a
 * device write the same bytes after a restart, and lets a simulation be replayed.
 */

import { blake3 } from "@noble/hashes/blake3.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

import type { RandomBytes } from "../../dsl/context.ts";
import { ProtocolError } from "../../dsl/errors.ts";
import { lengthPrefixed } from "./hash.ts";

export type { RandomBytes };

/** Seeds the derivation and so must be unguessable: as long as a key. */
const MIN_SECRET_BYTES = 32;
const MAX_DRAW_BYTES = 1 << 20;

const DERIVED = utf8ToBytes("aura-choreography 2025-11 entropy derived from a secret v1");
const SEEDED = utf8ToBytes("aura-choreography 2025-11 entropy seeded for simulation v1");

/**
 * A secret stream that its path names: same secret and path, same stream from its beginning;
 * streams of different paths are independent. BLAKE3 in its key derivation mode, read as an
 * extendable output (BLAKE3, 2020, section 2.3 and 2.6).
 *
 * @param secret at least 32 bytes, for example a device's secret
 * @param path what the stream is for; every part is length-prefixed
 * @throws ProtocolError `InvalidInput` for a shorter secret
 */
export function deriveEntropy(
  secret: Uint8Array,
  ...path: readonly (string | Uint8Array)[]
): RandomBytes {
  if (secret.length < MIN_SECRET_BYTES) {
    throw new ProtocolError({
      code: "InvalidInput",
      what: `entropy was asked from a secret of ${secret.length} bytes`,
      todo: `pass a secret of at least ${MIN_SECRET_BYTES} bytes`,
    });
  }
  return stream(DERIVED, lengthPrefixed(secret, ...path));
}

/**
 * A stream for simulations: predictable to anyone who knows the seed, so never for real keys.
 *
 * @param seed the run's seed; a number and its decimal string are the same seed, as on a
 * command line
 * @param path names one stream of the run: device, session, purpose. Draws from one stream do not
 * shift another
 */
export function seededEntropy(
  seed: string | number,
  ...path: readonly (string | Uint8Array)[]
): RandomBytes {
  return stream(SEEDED, lengthPrefixed(String(seed), ...path));
}

function stream(context: Uint8Array, material: Uint8Array): RandomBytes {
  const output = blake3.create({ context }).update(material);
  return (length) => {
    if (!Number.isInteger(length) || length < 0 || length > MAX_DRAW_BYTES) {
      throw new ProtocolError({
        code: "InvalidInput",
        what: `a random stream cannot give ${length} bytes at once`,
        todo: `draw 0 to ${MAX_DRAW_BYTES} bytes`,
      });
    }
    return output.xof(length);
  };
}
