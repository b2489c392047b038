/**
 * A fold over facts in an order of their own, whatever the order they arrive in. A fact that comes
 * last in that order costs one step; one that belongs further back, the steps after it.
 */

/** Where a fact stands: by position, then by the hash of its event. */
export interface Placed {
  readonly position: number;
  /** Hex. */
  readonly hash: string;
}

export class OrderedFold<Item extends Placed, State> {
  readonly #items: Item[] = [];
  /** The state after each item, as far as it is known. */
  readonly #states: State[] = [];
  readonly #start: State;
  readonly #step: (state: State, item: Item) => State;

  constructor(start: State, step: (state: State, item: Item) => State) {
    this.#start = start;
    this.#step = step;
  }

  get size(): number {
    return this.#items.length;
  }

  /** The state after all items. */
  get state(): State {
    for (const item of this.#items.slice(this.#states.length)) {
      this.#states.push(this.#step(this.#states.at(-1) ?? this.#start, item));
    }
    return this.#states.at(-1) ?? this.#start;
  }

  add(item: Item): void {
    const at = this.#indexOf(item);
    this.#items.splice(at, 0, item);
    this.#states.length = Math.min(this.#states.length, at);
  }

  remove(item: Placed): void {
    const at = this.#indexOf(item);
    if (this.#items[at]?.hash !== item.hash) return;
    this.#items.splice(at, 1);
    this.#states.length = Math.min(this.#states.length, at);
  }

  /** The first place whose item does not come before this one. */
  #indexOf({ position, hash }: Placed): number {
    let low = 0;
    let high = this.#items.length;
    // Facts mostly come in order: the end is looked at first.
    const last = this.#items.at(-1);
    if (last !== undefined && isBefore(last, position, hash)) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      const item = this.#items[middle];
      if (item !== undefined && isBefore(item, position, hash)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isBefore(item: Placed, position: number, hash: string): boolean {
  return item.position < position || (item.position === position && item.hash < hash);
}
