/**
 * How far apart in time roles can be at one place of a choreography, with nobody at fault: a
 * matrix of the greatest differences (Dill, "Timing assumptions and verification of finite-state
 * concurrent systems", 1989).
 */
export class Lags {
  readonly #behind: ReadonlyMap<string, ReadonlyMap<string, number>>;

  private constructor(behind: ReadonlyMap<string, ReadonlyMap<string, number>>) {
    this.#behind = behind;
  }

  /** All roles start at once. */
  static none(roles: readonly string[]): Lags {
    return new Lags(new Map(roles.map((a) => [a, new Map(roles.map((b) => [b, 0]))])));
  }

  /**
   * The most epochs by which `a` can be later than `b`. With `a` and `b` one family: by which one
   * member can be later than another.
   */
  behind(a: string, b: string): number {
    return this.#behind.get(a)?.get(b) ?? 0;
  }

  /** After `role` slept for `span`. */
  sleep(role: string, span: number): Lags {
    return this.#map((a, b, lag) => {
      if (a === b) return lag;
      if (a === role) return lag + span;
      return b === role ? lag - span : lag;
    });
  }

  /**
   * After `roles` waited together for `span` at most, and perhaps in vain. They see the event, or
   * its absence, alike; who does not wait with them can be ahead by all of it.
   */
  mayTimeOut(roles: readonly string[], author: string, span: number): Lags {
    return this.#map((a, b, lag) => {
      if (!roles.includes(a)) return lag;
      return roles.includes(b) || b === author ? Math.max(lag, 0) : lag + span;
    });
  }

  /**
   * After `role` received an event of `author`: it goes on at the later of its own time and the
   * author's; of a family, at that of its last member.
   */
  receive(role: string, author: string): Lags {
    const own = this.behind(role, author);
    return this.#map((a, b, lag) => {
      if (a === role && b === role) return role === author ? 0 : Math.max(Math.min(lag, own), 0);
      if (a === role) return Math.max(lag, this.behind(author, b));
      if (b !== role) return lag;
      return Math.min(lag, a === author ? 0 : this.behind(a, author));
    });
  }

  /** Either of two ways led here. */
  or(other: Lags | undefined): Lags {
    if (other === undefined) return this;
    return this.#map((a, b, lag) => Math.max(lag, other.behind(a, b)));
  }

  #map(change: (a: string, b: string, lag: number) => number): Lags {
    return new Lags(
      new Map(
        [...this.#behind].map(([a, row]) => [
          a,
          new Map([...row].map(([b, lag]) => [b, change(a, b, lag)])),
        ]),
      ),
    );
  }
}
