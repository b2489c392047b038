/**
 * A disk in memory that loses power. What is not synchronised may be lost, in part or whole, and a
 * write may be torn; the numbers that decide come from the test.
 */

import type { Files } from "../../../../runtime/ledger/store/files.ts";

interface Node {
  bytes: Uint8Array;
  /** What a loss of power leaves for certain. */
  synced: Uint8Array;
  /** After a failed `sync`, the system may forget what it did not write, and report no error again. */
  forgetful?: boolean;
}

/** The power went: nothing works any more. */
export class PowerLoss extends Error {}

export interface Plan {
  /** The call, counted from 0, that does not do its work. */
  readonly at: number;
  /** `power`: nothing works from then on. `error`: the call throws, and later ones work. */
  readonly kind: "power" | "error";
}

export class MemoryFiles implements Files {
  /** Calls so far. */
  calls = 0;
  plan: Plan | undefined;
  #names = new Map<string, Node>();
  #syncedNames = new Map<string, Node>();
  #dead = false;
  #locked = false;
  readonly #draw: () => number;

  /** @param draw a number from 0 to 1, below 1 */
  constructor(draw: () => number = () => 0) {
    this.#draw = draw;
  }

  /** Comes back after the power went, or pulls the plug. */
  reboot(): void {
    const pending = [...new Set([...this.#names.keys(), ...this.#syncedNames.keys()])];
    const names = new Map<string, Node>();
    for (const name of pending) {
      const [now, before] = [this.#names.get(name), this.#syncedNames.get(name)];
      const node = now === before || this.#draw() < 0.5 ? before : now;
      if (node !== undefined) names.set(name, node);
    }
    for (const node of new Set(names.values())) {
      const left = this.#afterLoss(node);
      [node.bytes, node.synced] = [left, left];
    }
    this.#names = names;
    this.#syncedNames = new Map(names);
    [this.#dead, this.#locked, this.plan] = [false, false, undefined];
  }

  /** Copies of all files, for tests that corrupt them. */
  snapshot(): Map<string, Uint8Array> {
    return new Map([...this.#names].map(([name, { bytes }]) => [name, bytes.slice()]));
  }

  restore(files: ReadonlyMap<string, Uint8Array>): void {
    const nodes = [...files].map(([name, bytes]) => [name, { bytes, synced: bytes }] as const);
    this.#names = new Map(nodes);
    this.#syncedNames = new Map(nodes);
    this.#locked = false;
  }

  makeFolder(): void {
    this.#step(() => undefined);
  }

  list(folder: string): readonly string[] {
    this.#alive();
    return [...this.#names.keys()].map((path) => path.slice(folder.length + 1));
  }

  read(path: string): Uint8Array {
    this.#alive();
    return this.#node(path).bytes.slice();
  }

  create(path: string, bytes: Uint8Array): void {
    if (this.#names.has(path)) throw new Error(`EEXIST: ${path}`);
    const node: Node = { bytes: new Uint8Array(), synced: new Uint8Array() };
    this.#step(
      () => {
        this.#names.set(path, node);
        node.bytes = bytes.slice();
      },
      () => {
        this.#names.set(path, node);
        node.bytes = this.#part(bytes);
      },
    );
  }

  append(path: string, bytes: Uint8Array): void {
    const node = this.#node(path);
    const before = node.bytes;
    this.#step(
      () => (node.bytes = concat(before, bytes)),
      () => (node.bytes = concat(before, this.#part(bytes))),
    );
  }

  sync(path: string): void {
    const node = this.#node(path);
    this.#step(
      () => {
        if (node.forgetful !== true) node.synced = node.bytes;
      },
      () => (node.forgetful = true),
    );
  }

  syncFolder(): void {
    this.#step(() => (this.#syncedNames = new Map(this.#names)));
  }

  rename(from: string, to: string): void {
    const node = this.#node(from);
    this.#step(() => {
      this.#names.delete(from);
      this.#names.set(to, node);
    });
  }

  remove(path: string): void {
    this.#node(path);
    this.#step(() => this.#names.delete(path));
  }

  lock(): () => void {
    this.#alive();
    if (this.#locked) throw new Error("locked");
    this.#locked = true;
    return () => (this.#locked = false);
  }

  #step(work: () => unknown, half: () => unknown = () => undefined): void {
    this.#alive();
    const call = this.calls;
    this.calls += 1;
    if (this.plan === undefined || call !== this.plan.at) {
      work();
      return;
    }
    if (this.plan.kind === "power") this.#dead = true;
    const how = this.#draw();
    if (how < 0.5) half();
    else if (this.plan.kind === "power" && how < 0.75) work();
    const { kind } = this.plan;
    // Troubles come together: where a call failed, the power may go soon after.
    const soon = call + 1 + Math.floor(this.#draw() * 8);
    if (kind === "error") this.plan = how < 0.5 ? { at: soon, kind: "power" } : undefined;
    throw kind === "power" ? new PowerLoss("no power") : new Error("ENOSPC: no space");
  }

  #alive(): void {
    if (this.#dead) throw new PowerLoss("no power");
  }

  #node(path: string): Node {
    const node = this.#names.get(path);
    if (node === undefined) throw new Error(`ENOENT: ${path}`);
    return node;
  }

  #part(bytes: Uint8Array): Uint8Array {
    return bytes.slice(0, Math.floor(this.#draw() * (bytes.length + 1)));
  }

  /** A prefix of what was not synchronised, then perhaps zeros that were never written. */
  #afterLoss({ bytes, synced }: Node): Uint8Array {
    if (bytes.length <= synced.length) return this.#draw() < 0.5 ? bytes : synced;
    const tail = bytes.slice(synced.length);
    const kept = this.#part(tail);
    const zeros = new Uint8Array(this.#draw() < 0.3 ? tail.length - kept.length : 0);
    return concat(concat(synced, kept), zeros);
  }
}

function concat(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(left.length + right.length);
  bytes.set(left);
  bytes.set(right, left.length);
  return bytes;
}
