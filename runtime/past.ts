/**
 * The causal past of events: what their authors had seen when they wrote them. An event can arrive
 * before one that it follows, and a malicious author can name a parent that nobody has.
 */
import { CausalMemo } from "./causal-memo.ts";
import { MAX_PARENTS } from "./ledger/envelope.ts";
import type { SignedEvent } from "./ledger/envelope.ts";
import type { Ledger } from "./ledger/ledger.ts";

export class CausalPast {
  readonly #ledger: Ledger;
  /** Events that are here, and whose past is. */
  readonly #whole = new CausalMemo<true>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /**
   * Are all events here that this one followed, directly or not? An event of another session is
   * none of them: honest devices name none, and what it followed is not this session's to judge.
   */
  isWhole(event: SignedEvent): boolean {
    if (this.#whole.has(event.hash)) return true;
    const open = [event];
    const seen = new Map<string, SignedEvent>();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const hash of next.parents) {
        if (this.#whole.has(hash) || seen.has(hash)) continue;
        const parent = this.#ledger.get(hash);
        if (parent?.session !== event.session) return false;
        seen.set(hash, parent);
        open.push(parent);
      }
    }
    if (this.#ledger.get(event.hash) !== undefined) seen.set(event.hash, event);
    for (const each of seen.values()) this.#whole.set(each, true);
    return true;
  }

  /**
   * An event has been taken back.
   *
   * @returns hashes of the events whose past was whole, and is no longer, the event among them
   */
  forget(hash: string): readonly string[] {
    return this.#whole.forget(hash);
  }

  /** Had the author of the second event seen the first? As far as its past is here. */
  isBefore(first: string, second: string): boolean {
    const open = [second];
    const seen = new Set(open);
    for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
      for (const parent of this.#ledger.get(hash)?.parents ?? []) {
        if (parent === first) return true;
        if (seen.has(parent)) continue;
        seen.add(parent);
        open.push(parent);
      }
    }
    return false;
  }

  /**
   * The parents of the author's next event: the last events of the session whose past is whole. An
   * honest event that named one with a gap in its past would share the gap, and nobody could judge
   * it; so a single invented parent would silence everyone.
   *
   * @param counted hashes of the events that the author has acted on
   * @returns hex hashes, as many as an envelope takes. Where there are more, a flood of somebody's
   *   events must not crowd out what this one follows: the author's own last event comes first, and
   *   then what it has acted on, the latest of each device before the others
   */
  parentsFor(
    author: string,
    session: string,
    counted: () => readonly string[] = () => [],
  ): readonly string[] {
    const parents = new Set<string>();
    const open = [...this.#ledger.heads(session)];
    const seen = new Set(open);
    for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
      const event = this.#ledger.get(hash);
      if (event?.session !== session) continue;
      if (this.isWhole(event)) {
        parents.add(hash);
        continue;
      }
      const unseen = event.parents.filter((parent) => !seen.has(parent));
      for (const parent of unseen) seen.add(parent);
      open.push(...unseen);
    }
    if (parents.size <= MAX_PARENTS) return [...parents];
    const last = this.#ledger.events({ session, authors: [author] }).slice(-1);
    const acted = counted().flatMap((hash) => this.#ledger.get(hash) ?? []);
    acted.sort((a, b) => b.nonce - a.nonce);
    const latest = new Map(acted.toReversed().map((event) => [event.author, event]));
    const first = [...last, ...latest.values(), ...acted].map(({ hash }) => hash);
    return [...new Set([...first, ...parents])].slice(0, MAX_PARENTS);
  }
}
