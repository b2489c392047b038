/**
 * The hash of a set of hashes, kept while the set changes: a Merkle tree whose shape is a function of
 * the set (Merkle 1987; by prefix of the key as in Auvolat and Taiani, "Merkle Search Trees", 2019).
 * Two sets with one digest would be a collision of SHA-256. Hashes that can be added up, without a
 * tree, need thousands of bits to be as strong (Bellare and Micciancio 1997, Wagner 2002).
 */

import { labelled } from "../crypto/hash.ts";

/** Members below a prefix, few enough to be hashed in one go. */
interface Leaf {
  readonly kind: "leaf";
  readonly members: string[];
  digest: Uint8Array | undefined;
}

/** More members than that, by their next digit. */
interface Branch {
  readonly kind: "branch";
  readonly children: Map<string, Subtree>;
  size: number;
  digest: Uint8Array | undefined;
}

type Subtree = Leaf | Branch;

const MAX_LEAF = 16;
const DIGITS = "0123456789abcdef".split("");
const NOTHING = new Uint8Array();

export class SetDigest {
  #root: Subtree = leafOf([]);

  /** @param hashes hex, each once */
  constructor(hashes: readonly string[] = []) {
    for (const hash of hashes) this.add(hash);
  }

  /** Adds a hex hash that is not in the set. */
  add(hash: string): void {
    this.#root = added(this.#root, hash, 0);
  }

  /** Takes out a hex hash that is in the set. */
  remove(hash: string): void {
    this.#root = removed(this.#root, hash, 0);
  }

  /** After a change, what lies on its path is hashed again: O(log n). */
  digest(): Uint8Array {
    return Uint8Array.from(digestOf(this.#root));
  }
}

/** The digest of the set of these hex hashes, in any order. */
export function digestOfSet(hashes: readonly string[]): Uint8Array {
  return new SetDigest(hashes).digest();
}

function leafOf(members: readonly string[]): Leaf {
  return { kind: "leaf", members: [...members], digest: undefined };
}

function added(tree: Subtree, hash: string, depth: number): Subtree {
  tree.digest = undefined;
  if (tree.kind === "branch") {
    const digit = hash.charAt(depth);
    tree.size += 1;
    tree.children.set(digit, added(tree.children.get(digit) ?? leafOf([]), hash, depth + 1));
    return tree;
  }
  tree.members.push(hash);
  if (tree.members.length <= MAX_LEAF) return tree;
  const branch: Branch = { kind: "branch", children: new Map(), size: 0, digest: undefined };
  for (const member of tree.members) added(branch, member, depth);
  return branch;
}

function removed(tree: Subtree, hash: string, depth: number): Subtree {
  tree.digest = undefined;
  if (tree.kind === "leaf") {
    tree.members.splice(tree.members.indexOf(hash), 1);
    return tree;
  }
  const digit = hash.charAt(depth);
  const child = tree.children.get(digit);
  if (child !== undefined) tree.children.set(digit, removed(child, hash, depth + 1));
  tree.size -= 1;
  return tree.size > MAX_LEAF ? tree : leafOf(membersOf(tree));
}

function membersOf(tree: Subtree): readonly string[] {
  return tree.kind === "leaf" ? tree.members : [...tree.children.values()].flatMap(membersOf);
}

function digestOf(tree: Subtree): Uint8Array {
  tree.digest ??=
    tree.kind === "leaf"
      ? labelled("aura/set/leaf/v1", [...tree.members].sort().join(" "))
      : labelled("aura/set/branch/v1", ...DIGITS.map((digit) => partOf(tree, digit)));
  return tree.digest;
}

/** A child that lost its last member counts as one that never was. */
function partOf({ children }: Branch, digit: string): Uint8Array {
  const child = children.get(digit);
  return child === undefined || (child.kind === "leaf" && child.members.length === 0)
    ? NOTHING
    : digestOf(child);
}
