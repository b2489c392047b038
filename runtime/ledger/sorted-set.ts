/** A set of texts that is kept in ascending order: a change costs a search, and no sorting. */

export class SortedSet {
  readonly #values: string[] = [];

  add(value: string): void {
    const at = this.#indexOf(value);
    if (this.#values[at] !== value) this.#values.splice(at, 0, value);
  }

  delete(value: string): void {
    const at = this.#indexOf(value);
    if (this.#values[at] === value) this.#values.splice(at, 1);
  }

  /** Ascending. */
  values(): readonly string[] {
    return [...this.#values];
  }

  /** Where the value is, or belongs. */
  #indexOf(value: string): number {
    let low = 0;
    let high = this.#values.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#values[middle] ?? "") < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
