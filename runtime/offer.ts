/**
 * The first events of the branches of an external choice, judged together. The decider writes one
 * of them; a decider that is turns ahead in a loop has honestly written more, one after the other.
 */
import { ProtocolError } from "../dsl/index.ts";
import type { Blame, Contribution, ErrorPlace } from "../dsl/index.ts";
import type { Collector } from "./collector.ts";
import type { Alternative } from "./instruction.ts";
import type { SignedEvent } from "./ledger/envelope.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { CausalPast } from "./past.ts";
import { restart } from "./wait.ts";

interface Way extends Alternative {
  readonly collector: Pick<Collector, "judge" | "events" | "accepted" | "blamed" | "faulty">;
}

export interface OfferOptions {
  readonly ledger: Ledger;
  readonly past: CausalPast;
  readonly session: string;
  readonly ways: readonly Way[];
}

interface Taken {
  readonly way: Way;
  readonly event: Contribution<unknown>;
}

export class Offer {
  readonly #options: OfferOptions;

  constructor(options: OfferOptions) {
    this.#options = options;
  }

  /**
   * Judges until nothing is left to judge: an event that another follows is here when the other is
   * judged, and so the branch that was decided on first is never overlooked.
   */
  async judge(): Promise<void> {
    for (let isNew = true; isNew;) {
      isNew = false;
      for (const way of this.#options.ways) {
        if (await way.collector.judge((event) => this.#isDue(way, event))) isNew = true;
      }
    }
  }

  /** An event that follows another branch is for a later turn: what is known then judges it. */
  #isDue(way: Way, { author, hash }: SignedEvent): boolean {
    const { ways, past } = this.#options;
    const isFirst = (event: SignedEvent) =>
      event.author === author && past.isBefore(event.hash, hash);
    return !ways.some(
      (other) =>
        other !== way &&
        other.later.has(way.wanted.label) &&
        other.collector.events().some(isFirst),
    );
  }

  /** What decides the branch; nothing where a decider has taken two at once. */
  accepted(): readonly Contribution<unknown>[] {
    return this.twoBranches().length > 0 ? [] : this.#taken().map(({ event }) => event);
  }

  /** The branch whose first event comes first. */
  branch(): string | undefined {
    const { ledger, session } = this.#options;
    const taken = this.#taken();
    const events = taken.flatMap(({ event }) => ledger.get(event.hash) ?? []);
    const [first] = ledger.ordered(session, events);
    return taken.find(({ event }) => event.hash === first?.hash)?.way.branch;
  }

  get count(): number {
    return this.accepted().length;
  }

  has(author: string): boolean {
    return this.accepted().some((event) => event.author === author);
  }

  /** Whoever decides, and cannot any more. */
  get faulty(): ReadonlySet<string> {
    const refused = this.#options.ways.flatMap(({ collector }) => [...collector.faulty]);
    const both = this.twoBranches().map(({ device }) => device);
    return new Set([...refused, ...both].filter((author) => !this.has(author)));
  }

  blamed(): readonly Blame[] {
    const each = this.#options.ways.flatMap(({ collector }) => collector.blamed());
    return [...each, ...this.twoBranches()];
  }

  /** Why there is no telling which branch was taken; else `undefined`. */
  divided(where: ErrorPlace): ProtocolError | undefined {
    const blamed = this.twoBranches();
    if (blamed.length === 0) return undefined;
    const what = "two branches of one choice were taken at once";
    return new ProtocolError({ code: "Rejected", what, todo: restart, where, blamed });
  }

  /** Those who began two branches of which nobody can take the one and then come to the other. */
  twoBranches(): readonly Blame[] {
    const taken = this.#taken();
    return taken.flatMap((one, at) =>
      taken
        .slice(at + 1)
        .filter((other) => this.#excludes(one, other))
        .map(({ event }) => ({
          device: event.author,
          reason: "TwoBranches",
          evidence: [one.event.hash, event.hash].sort(),
        })),
    );
  }

  #taken(): readonly Taken[] {
    return this.#options.ways.flatMap((way) =>
      way.collector.accepted().map((event) => ({ way, event })),
    );
  }

  /** An honest author's events follow each other, and the branch of the first leads to the second. */
  #excludes(one: Taken, other: Taken): boolean {
    if (one.event.author !== other.event.author || one.way.branch === other.way.branch)
      return false;
    return !this.#leadsTo(one, other) && !this.#leadsTo(other, one);
  }

  #leadsTo(first: Taken, second: Taken): boolean {
    const { past } = this.#options;
    return (
      first.way.later.has(second.way.wanted.label) &&
      past.isBefore(first.event.hash, second.event.hash)
    );
  }
}
