/** Trees over hashes: roots, and proofs that hold for their leaf, place and tree only. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { sha256, toHex } from "../../../../runtime/crypto/hash.ts";
import {
  inclusionProof,
  isIncluded,
  merkleRoot,
} from "../../../../runtime/ledger/compaction/merkle.ts";

const SEED = 20_261_124;
const leavesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => sha256(Uint8Array.of(i)));

describe("a Merkle tree", () => {
  test("has the roots of RFC 9162: of nothing, of one leaf, of two, of three", () => {
    const [a, b, c] = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)];
    const leaf = (bytes: Uint8Array) => sha256(Uint8Array.of(0, ...bytes));
    const node = (l: Uint8Array, r: Uint8Array) => sha256(Uint8Array.of(1, ...l, ...r));
    // SHA-256 of the empty string, FIPS 180-4.
    expect(toHex(merkleRoot([]))).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
    expect(merkleRoot([a])).toEqual(leaf(a));
    expect(merkleRoot([a, b])).toEqual(node(leaf(a), leaf(b)));
    expect(merkleRoot([a, b, c])).toEqual(node(node(leaf(a), leaf(b)), leaf(c)));
  });

  test("proves each of its leaves, in its place and nowhere else", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), fc.nat(), (size, one, two) => {
        const leaves = leavesOf(size);
        const root = merkleRoot(leaves);
        const [index, other] = [one % size, two % size];
        const proof = inclusionProof(leaves, index);
        const leaf = leaves[index] ?? new Uint8Array();
        expect(isIncluded(leaf, proof, root)).toBe(true);
        expect(isIncluded(leaf, proof, merkleRoot(leavesOf(size + 1)))).toBe(false);
        if (other !== index) {
          expect(isIncluded(leaves[other] ?? new Uint8Array(), proof, root)).toBe(false);
          expect(isIncluded(leaf, { ...proof, index: other }, root)).toBe(false);
        }
        const { path } = proof;
        expect(isIncluded(leaf, { ...proof, path: [...path, root] }, root)).toBe(false);
        if (path.length > 0) {
          expect(isIncluded(leaf, { ...proof, path: path.slice(1) }, root)).toBe(false);
        }
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test("a node is no leaf", () => {
    const [a, b, c] = leavesOf(3);
    if (!a || !b || !c) throw new Error("no leaves");
    const inner = Uint8Array.of(
      ...sha256(Uint8Array.of(0, ...a)),
      ...sha256(Uint8Array.of(0, ...b)),
    );
    const proof = { index: 0, size: 2, path: [sha256(Uint8Array.of(0, ...c))] };
    expect(isIncluded(inner, proof, merkleRoot([a, b, c]))).toBe(false);
  });
});
