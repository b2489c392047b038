/**
 * Merkle trees over lists of hashes (RFC 9162, section 2.1): leaves and nodes are hashed apart, so that
 * no node can pass for a leaf, and a list has one tree.
 */
import { equalBytes, sha256 } from "../../crypto/hash.ts";

/** Where a leaf stands in a tree, and the hashes beside its way up, lowest first. */
export interface InclusionProof {
  /** From 0. */
  readonly index: number;
  /** Leaves of the tree. */
  readonly size: number;
  /** 32 bytes each. */
  readonly path: readonly Uint8Array[];
}

const LEAF = 0;
const NODE = 1;

/** The root of the tree over these leaves; the hash of nothing for none. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array());
  if (leaves.length === 1) return sha256(Uint8Array.of(LEAF, ...only));
  const split = splitOf(leaves.length);
  return nodeOf(merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)));
}

/** Proves that the leaf at the index is one of these (section 2.1.3.1). */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): InclusionProof {
  return { index, size: leaves.length, path: pathOf(leaves, index) };
}

/** Whether the leaf is in the tree of this root, where the proof says (section 2.1.3.2). */
export function isIncluded(leaf: Uint8Array, proof: InclusionProof, root: Uint8Array): boolean {
  const { index, size, path } = proof;
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let at = index;
  let last = size - 1;
  let hash: Uint8Array = sha256(Uint8Array.of(LEAF, ...leaf));
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeOf(sibling, hash);
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeOf(hash, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(hash, root);
}

function pathOf(leaves: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...pathOf(left, index), merkleRoot(right)]
    : [...pathOf(right, index - split), merkleRoot(left)];
}

/** The largest power of two below the size. */
function splitOf(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1));
}

function nodeOf(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(Uint8Array.of(NODE, ...left, ...right));
}
