/**
 * The events of one step, judged: which of them count, and whom the others put the blame on. Each
 * event is judged once, and only when this device has everything that its author had seen: else a
 * reveal could be judged before the commitment that it opens has arrived. A new event costs as much
 * whether it is the tenth or the ten thousandth; lists are made and sorted when somebody asks for them.
 */
import { rejected } from "../dsl/index.ts";
import type { AnyEvent, Blame, Contribution, Verdict } from "../dsl/index.ts";
import type { SignedEvent } from "./ledger/envelope.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { watch } from "./ledger/watcher.ts";
import type { Watcher } from "./ledger/watcher.ts";
import type { SessionMonitor } from "./monitor/monitor.ts";
import type { CausalPast } from "./past.ts";
import { validatePayload } from "./payload.ts";
import type { Validation } from "./payload.ts";

/** Reads the payload of an author's event: checks it by its schema, and opens it if it is sealed. */
type Read = (payload: unknown, author: string) => Validation | Promise<Validation>;

/** Judges the payload of an author's event. */
export type Judge = (payload: unknown, author: string) => Verdict | Promise<Verdict>;

export interface CollectorOptions {
  readonly ledger: Ledger;
  readonly past: CausalPast;
  readonly monitor: Pick<SessionMonitor, "judge">;
  readonly session: string;
  readonly step: string;
  readonly iteration: number;
  readonly event: AnyEvent;
  /** Device ids of those whose events count. */
  readonly authors: readonly string[];
  readonly read: Read;
  readonly judge: Judge;
  /** Told when what counts, or whom to blame, may be another than before. */
  readonly onChange?: () => void;
}

interface Judged {
  readonly event: SignedEvent;
  readonly verdict: Verdict;
  /** What the event says. */
  readonly value?: unknown;
  /** What an event that broke a rule contradicts, and the event. */
  readonly evidence?: readonly string[];
}

/** Two contents of one author. */
interface Twofold {
  /** Hashes of two events that show it. */
  readonly evidence: readonly string[];
  /** The past of one of them is here: else, what this device writes next could show neither. */
  isShown: boolean;
}

export class Collector {
  readonly #options: CollectorOptions;
  readonly #watcher: Watcher;
  /** Those to look at: they have come in, or what they lacked has. */
  readonly #open = new Map<string, SignedEvent>();
  readonly #judged = new Map<string, Judged>();
  /** By author: the first of its judged events, which is the one that counts, or does not. */
  readonly #firsts = new Map<string, Judged>();
  /** Authors that wrote two different contents. */
  readonly #twofold = new Map<string, Twofold>();
  readonly #faulty = new Set<string>();
  /** Hashes of all that has ever counted. */
  readonly #counted = new Set<string>();
  readonly #authors: ReadonlySet<string>;
  #count = 0;
  #accepted: readonly Contribution<unknown>[] | undefined;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#authors = new Set(options.authors);
    const { ledger, session, step, iteration } = options;
    this.#watcher = watch(ledger, { session, step, iteration });
    this.#watcher.onChange((event, isHere) => {
      if (isHere) this.#take(event);
      else this.#lose(event.author);
    });
    for (const event of ledger.events({ session, step, iteration })) this.#take(event);
  }

  /** How many contributions count. */
  get count(): number {
    return this.#count;
  }

  /** Whether a contribution of the author counts. */
  has(author: string): boolean {
    return this.#firsts.get(author)?.verdict.accepted === true;
  }

  /** Those of the authors whom the others blame. Nothing of theirs counts. */
  get faulty(): ReadonlySet<string> {
    return this.#faulty;
  }

  /** Judges what has come in, was not judged, and is due. Was there anything? */
  async judge(isDue: (event: SignedEvent) => boolean = () => true): Promise<boolean> {
    const { ledger, session } = this.#options;
    let isNew = false;
    for (const event of ledger.ordered(session, [...this.#open.values()])) {
      if (!this.#isNext(event) || !isDue(event)) continue;
      const judged = this.#judged.get(event.hash) ?? (await this.#judge(event));
      // Meanwhile something may have come, or have been taken back.
      if (!this.#isNext(event)) continue;
      this.#open.delete(event.hash);
      this.#judged.set(event.hash, judged);
      if (judged.verdict.accepted) this.#counted.add(event.hash);
      this.#seat(event.author, judged);
      isNew = true;
    }
    return isNew;
  }

  /** The past of these events is no longer here: they are judged anew when it is. */
  forget(hashes: readonly string[]): void {
    for (const hash of hashes) {
      const judged = this.#judged.get(hash);
      this.#judged.delete(hash);
      if (judged !== undefined) this.#lose(judged.event.author);
    }
    for (const author of [...this.#twofold.keys()]) this.#lose(author);
  }

  /** One contribution an author, ordered by author. */
  accepted(): readonly Contribution<unknown>[] {
    this.#accepted ??= [...this.#firsts.values()]
      .filter(({ verdict }) => verdict.accepted)
      .map(({ event: { author, hash }, value }) => Object.freeze({ author, payload: value, hash }))
      .sort((a, b) => (a.author < b.author ? -1 : 1));
    return this.#accepted;
  }

  /** Hashes of all that has ever counted, even where its author has written another since. */
  counted(): readonly string[] {
    return [...this.#counted];
  }

  hasCounted(hash: string): boolean {
    return this.#counted.has(hash);
  }

  /** All that has come in. */
  events(): readonly SignedEvent[] {
    return this.#watcher.events();
  }

  /** What `author` wrote here, whether or not it counts; `undefined` if nothing or two things. */
  written(author: string): unknown {
    const { event } = this.#options;
    const own = this.#watcher.eventOf(author);
    if (own === undefined || own.type !== event.name) return undefined;
    const valid = validatePayload(event, own.payload);
    return "value" in valid ? valid.value : undefined;
  }

  /** Whom to blame, with the events that show it. */
  blamed(): readonly Blame[] {
    return [...this.#refused(), ...this.#twoContents()];
  }

  /** Those whose events count here, and who wrote two different ones. */
  divided(): readonly Blame[] {
    return this.#twoContents().filter(({ device }) => this.#authors.has(device));
  }

  close(): void {
    this.#watcher.close();
  }

  /** Who wrote two contents is known at once; everything else waits to be judged. */
  #take(event: SignedEvent): void {
    const { ledger, past } = this.#options;
    const { author, hash } = event;
    const pair = ledger.equivocation(event);
    if (pair.length === 0) {
      this.#open.set(hash, event);
      return;
    }
    if (this.#twofold.get(author)?.evidence.join() === pair.join()) return;
    const twofold = { evidence: pair, isShown: false };
    this.#twofold.set(author, twofold);
    this.#seat(author, undefined);
    for (const each of pair.flatMap((one) => ledger.get(one) ?? [])) {
      past.whenWhole(each, () => {
        twofold.isShown = true;
        this.#change(author);
      });
    }
  }

  /** What the author wrote is looked at anew, as far as it is still here. */
  #lose(author: string): void {
    const { ledger, session, step, iteration } = this.#options;
    this.#twofold.delete(author);
    this.#seat(author, undefined);
    const left = ledger.events({ session, step, iteration, authors: [author] });
    for (const event of left) this.#take(event);
  }

  /** Whether the event is to be judged now, so that it can take the place of its author's first. */
  #isNext(event: SignedEvent): boolean {
    const { ledger, past, session } = this.#options;
    const { author, hash } = event;
    if (!this.#open.has(hash)) return false;
    if (ledger.get(hash) !== undefined && !this.#twofold.has(author)) {
      const first = this.#firsts.get(author)?.event;
      const isFirst = first === undefined || ledger.ordered(session, [first, event])[0] !== first;
      if (isFirst && past.isWhole(event)) return true;
      if (isFirst) past.whenWhole(event, () => void this.#open.set(hash, event));
    }
    this.#open.delete(hash);
    return false;
  }

  #seat(author: string, judged: Judged | undefined): void {
    const had = this.has(author);
    if (judged === undefined) this.#firsts.delete(author);
    else this.#firsts.set(author, judged);
    this.#count += Number(this.has(author)) - Number(had);
    this.#change(author);
  }

  #change(author: string): void {
    const isRefused = this.#firsts.get(author)?.verdict.accepted === false;
    const isFaulty = isRefused || this.#twofold.get(author)?.isShown === true;
    if (isFaulty && this.#authors.has(author)) this.#faulty.add(author);
    else this.#faulty.delete(author);
    this.#accepted = undefined;
    this.#options.onChange?.();
  }

  /** In causal order. */
  #refused(): readonly Blame[] {
    const { ledger, session } = this.#options;
    const refused = [...this.#firsts.values()].filter(({ verdict }) => !verdict.accepted);
    const events = refused.map(({ event }) => event);
    return ledger.ordered(session, events).flatMap(({ author, hash }): readonly Blame[] => {
      const judged = this.#judged.get(hash);
      if (judged === undefined || judged.verdict.accepted) return [];
      const { verdict, evidence = [hash] } = judged;
      return [{ device: author, reason: verdict.reason, evidence }];
    });
  }

  #twoContents(): readonly Blame[] {
    return [...this.#twofold]
      .filter(([, { isShown }]) => isShown)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([device, { evidence }]) => ({ device, reason: "Equivocation", evidence }));
  }

  async #judge(signed: SignedEvent): Promise<Judged> {
    const { author, type, payload } = signed;
    const { event, read, judge, monitor } = this.#options;
    const refused = (reason: string, detail: string): Judged => {
      return { event: signed, verdict: rejected(reason, detail) };
    };
    if (!this.#authors.has(author)) {
      return refused("NotInRole", "its author does not play the role that writes this step");
    }
    if (type !== event.name) return refused("WrongEvent", `it is a ${type}, not a ${event.name}`);
    const reading = await read(payload, author);
    if ("issue" in reading) return refused("MalformedPayload", reading.issue);
    const { value } = reading;
    const conformance = monitor.judge(signed);
    if (conformance.status === "violates") {
      const { code, what, evidence } = conformance.violation;
      return { event: signed, verdict: rejected(code, what), value, evidence };
    }
    return { event: signed, verdict: await judge(value, author), value };
  }
}
