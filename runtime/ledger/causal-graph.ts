/** Which event of a session follows which, and the order that comes of it. */

import type { SignedEvent } from "./envelope.ts";
import { SortedSet } from "./sorted-set.ts";

interface Node {
  /** Nothing where the event is only known as a parent of others. */
  event: SignedEvent | undefined;
  /** Length of the longest path that leads here. */
  depth: number;
  children: Node[];
}

/** Children of an event that is not here begin at depth 0. */
const ABSENT = -1;

/** Events can arrive before their parents, and be taken back before their children. */
export class CausalGraph {
  readonly #nodes = new Map<string, Node>();
  readonly #heads = new SortedSet();
  /** Those whose depth is to be found anew, and with it that of what follows them. */
  readonly #stale = new Set<Node>();

  add(event: SignedEvent): void {
    const node = this.#nodeOf(event.hash);
    node.event = event;
    for (const hash of event.parents) {
      const parent = this.#nodeOf(hash);
      // Most have one child, and a list that is pushed into makes room for 17.
      if (parent.children.length === 0) parent.children = [node];
      else parent.children.push(node);
      this.#heads.delete(hash);
    }
    node.depth = this.#depthBelow(event);
    if (node.children.length > 0) this.#stale.add(node);
    else this.#heads.add(event.hash);
  }

  remove(event: SignedEvent): void {
    const node = this.#nodeOf(event.hash);
    this.#heads.delete(event.hash);
    for (const hash of event.parents) this.#unlink(hash, node);
    node.event = undefined;
    node.depth = ABSENT;
    this.#stale.delete(node);
    for (const child of node.children) this.#stale.add(child);
    if (node.children.length === 0) this.#nodes.delete(event.hash);
  }

  /** Hex hashes of the events that no event names as a parent, ascending. */
  heads(): readonly string[] {
    return this.#heads.values();
  }

  /** Whether an event of another author follows, through events of its own author or directly. */
  isFollowed({ hash, author }: SignedEvent): boolean {
    const open = [...(this.#nodes.get(hash)?.children ?? [])];
    const seen = new Set(open);
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node.event !== undefined && node.event.author !== author) return true;
      for (const child of node.children) {
        if (seen.has(child)) continue;
        seen.add(child);
        open.push(child);
      }
    }
    return false;
  }

  /** Causal order, then hash: a linear extension of "was seen by", the same on every replica. */
  ordered(events: readonly SignedEvent[]): readonly SignedEvent[] {
    if (events.length < 2) return [...events];
    if (this.#stale.size > 0) this.#settle();
    return events
      .map((event) => ({ event, depth: this.#nodes.get(event.hash)?.depth ?? 0 }))
      .sort((a, b) => a.depth - b.depth || byHash(a.event, b.event))
      .map(({ event }) => event);
  }

  #nodeOf(hash: string): Node {
    const found = this.#nodes.get(hash);
    if (found !== undefined) return found;
    const node: Node = { event: undefined, depth: ABSENT, children: [] };
    this.#nodes.set(hash, node);
    return node;
  }

  #unlink(hash: string, child: Node): void {
    const parent = this.#nodes.get(hash);
    if (parent === undefined) return;
    parent.children.splice(parent.children.indexOf(child), 1);
    if (parent.children.length > 0) return;
    if (parent.event === undefined) this.#nodes.delete(hash);
    else this.#heads.add(hash);
  }

  #depthBelow({ parents }: SignedEvent): number {
    let depth = 0;
    for (const hash of parents) {
      depth = Math.max(depth, 1 + (this.#nodes.get(hash)?.depth ?? ABSENT));
    }
    return depth;
  }

  /** Parents first (Kahn 1962), but only among the stale ones and what follows them. */
  #settle(): void {
    const open = [...this.#stale];
    this.#stale.clear();
    const before = new Map(open.map((node) => [node, 0]));
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const child of node.children) {
        const count = before.get(child);
        if (count === undefined) open.push(child);
        before.set(child, (count ?? 0) + 1);
      }
    }
    const ready = [...before].flatMap(([node, count]) => (count === 0 ? [node] : []));
    for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
      if (node.event !== undefined) node.depth = this.#depthBelow(node.event);
      for (const child of node.children) {
        const left = (before.get(child) ?? 0) - 1;
        before.set(child, left);
        if (left === 0) ready.push(child);
      }
    }
  }
}

function byHash(a: SignedEvent, b: SignedEvent): number {
  return a.hash < b.hash ? -1 : Number(a.hash > b.hash);
}
