/**
 * The causal past of events: what their authors had seen when they wrote them. An event can arrive
 * before one that it follows, and a malicious author can name a parent that nobody has.
 */
import { isWithin } from "./account/constitution.ts";
import { CausalMemo } from "./causal-memo.ts";
import { getOrMake } from "./get-or-make.ts";
import { MAX_PARENTS } from "./ledger/envelope-fields.ts";
import type { SignedEvent } from "./ledger/envelope.ts";
import type { Ledger } from "./ledger/ledger.ts";

export class CausalPast {
  readonly #ledger: Ledger;
  /** Events that are here, and whose past is. */
  readonly #whole = new CausalMemo<true>();
  /** What this device has acted on, and the forks of its author have crowded out. */
  readonly #crowdedOut = new Map<string, SignedEvent>();
  /** Hash of an event that is not here → what waits for it. */
  readonly #awaited = new Map<string, (() => void)[]>();
  /** Session → how to stop hearing of its events. */
  readonly #stops = new Map<string, () => void>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /**
   * Are all events here that this one followed, directly or not? An event of another session is
   * none of them: honest devices name none, and what it followed is not this session's to judge.
   */
  isWhole(event: SignedEvent): boolean {
    return this.#lacks(event) === undefined;
  }

  /** Calls back once the past of the event is whole; at once where it is. */
  whenWhole(event: SignedEvent, callback: () => void): void {
    const lacking = this.#lacks(event);
    if (lacking === undefined) {
      callback();
      return;
    }
    const look = (): void => this.whenWhole(event, callback);
    getOrMake(this.#awaited, lacking, () => []).push(look);
    const { session } = event;
    getOrMake(this.#stops, session, () =>
      this.#ledger.subscribe(({ hash }) => this.#arrived(hash), { session }),
    );
  }

  /** Lets go of the ledger: nobody is called back any more. */
  close(): void {
    for (const stop of this.#stops.values()) stop();
  }

  /** Hash of something that the event followed, and that is not here; `undefined` if nothing is. */
  #lacks(event: SignedEvent): string | undefined {
    if (this.#whole.has(event.hash)) return undefined;
    const open = [event];
    const seen = new Map<string, SignedEvent>();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const hash of next.parents) {
        if (this.#whole.has(hash) || seen.has(hash)) continue;
        const parent = this.#ledger.get(hash);
        if (parent?.session !== event.session) return hash;
        seen.set(hash, parent);
        open.push(parent);
      }
    }
    if (this.#ledger.get(event.hash) !== undefined) seen.set(event.hash, event);
    for (const each of seen.values()) this.#whole.set(each, true);
    return undefined;
  }

  #arrived(hash: string): void {
    const waiting = this.#awaited.get(hash) ?? [];
    this.#awaited.delete(hash);
    for (const look of waiting) look();
  }

  /**
   * An event has been taken back.
   *
   * @returns hashes of the events whose past was whole, and is no longer, the event among them
   */
  forget(hash: string): readonly string[] {
    return this.#whole.forget(hash);
  }

  /**
   * An event that this device has acted on has been taken back. Its author may have crowded it out with
   * forks, to make what follows look as if it came too soon: whoever follows it all the same brings it
   * back. One whose author proved to have had no say stays away.
   */
  insist(event: SignedEvent): void {
    const { state } = this.#ledger;
    const member = state.member(event.author);
    if (member !== undefined && isWithin(member, event.epoch)) {
      this.#crowdedOut.set(event.hash, event);
    }
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
    for (const [hash, event] of this.#crowdedOut) {
      if (this.#ledger.get(hash) === undefined && this.isWhole(event)) parents.add(hash);
    }
    const open = [...this.#ledger.heads(session)];
    const seen = new Set(open);
    for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
      const event = this.#ledger.get(hash);
      if (event?.session !== session) continue;
      if (this.isWhole(event)) {
        parents.add(hash);
        // There are more than can be named: which of them are is for what follows to say.
        if (parents.size > MAX_PARENTS) break;
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
