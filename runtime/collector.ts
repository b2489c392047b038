/**
 * The events of one step, judged: which of them count, and whom the others put the blame on. Each
 * event is judged once, and only when this device has everything that its author had seen: else a
 * reveal could be judged before the commitment that it opens has arrived.
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
}

export class Collector {
  readonly #options: CollectorOptions;
  readonly #watcher: Watcher;
  readonly #verdicts = new Map<string, Verdict>();
  /** What an event that broke a rule contradicts, and the event, by its hash. */
  readonly #evidence = new Map<string, readonly string[]>();
  /** What the judged events say, by hash. */
  readonly #values = new Map<string, unknown>();
  /** Hashes of all that has ever counted. */
  readonly #counted = new Set<string>();

  constructor(options: CollectorOptions) {
    this.#options = options;
    const { ledger, session, step, iteration } = options;
    this.#watcher = watch(ledger, { session, step, iteration });
  }

  /** Judges what has come in, was not judged, and is due. Was there anything? */
  async judge(isDue: (event: SignedEvent) => boolean = () => true): Promise<boolean> {
    const { ledger, past } = this.#options;
    let isNew = false;
    for (const event of this.#watcher.events()) {
      const { hash } = event;
      if (this.#verdicts.has(hash) || !past.isWhole(event) || !isDue(event)) continue;
      const verdict = await this.#verdictOn(event);
      // Meanwhile it may have been taken back, or something that it followed.
      if (ledger.get(hash) === undefined || !past.isWhole(event)) continue;
      this.#verdicts.set(hash, verdict);
      if (verdict.accepted) this.#counted.add(hash);
      isNew = true;
    }
    return isNew;
  }

  /** The past of these events is no longer here: they are judged anew when it is. */
  forget(hashes: readonly string[]): void {
    for (const hash of hashes) this.#verdicts.delete(hash);
  }

  /** One contribution an author, ordered by author. */
  accepted(): readonly Contribution<unknown>[] {
    return this.#watcher
      .events()
      .filter((event) => this.#verdicts.get(event.hash)?.accepted === true)
      .map(({ author, hash }) => Object.freeze({ author, payload: this.#values.get(hash), hash }))
      .sort((a, b) => (a.author < b.author ? -1 : 1));
  }

  /** Hashes of all that has ever counted, even where its author has written another since. */
  counted(): readonly string[] {
    return [...this.#counted];
  }

  /** All that has come in. */
  events(): readonly SignedEvent[] {
    return this.#watcher.events();
  }

  /** What `author` wrote here, whether or not it counts; `undefined` if nothing or two things. */
  written(author: string): unknown {
    const { event } = this.#options;
    const own = this.#watcher.events().find((candidate) => candidate.author === author);
    if (own === undefined || own.type !== event.name) return undefined;
    const valid = validatePayload(event, own.payload);
    return "value" in valid ? valid.value : undefined;
  }

  /** Whom to blame, with the events that show it. */
  blamed(): readonly Blame[] {
    const refused = this.#watcher.events().flatMap(({ author, hash }): readonly Blame[] => {
      const verdict = this.#verdicts.get(hash);
      if (verdict === undefined || verdict.accepted) return [];
      const evidence = this.#evidence.get(hash) ?? [hash];
      return [{ device: author, reason: verdict.reason, evidence }];
    });
    return [...refused, ...this.#equivocators()];
  }

  /** Those whose events count here, and who wrote two different ones. */
  divided(): readonly Blame[] {
    return this.#equivocators().filter(({ device }) => this.#options.authors.includes(device));
  }

  close(): void {
    this.#watcher.close();
  }

  #equivocators(): readonly Blame[] {
    const reason = "Equivocation";
    const { ledger, past } = this.#options;
    // Of two events whose past is not here, what this device writes next could show neither.
    const isWhole = (hash: string): boolean => {
      const event = ledger.get(hash);
      return event !== undefined && past.isWhole(event);
    };
    const pairs = [...this.#watcher.equivocations()].filter(([, hashes]) => hashes.some(isWhole));
    return pairs.map(([device, evidence]) => ({ device, reason, evidence }));
  }

  async #verdictOn(signed: SignedEvent): Promise<Verdict> {
    const { author, type, payload, hash } = signed;
    const { authors, event, read, judge, monitor } = this.#options;
    if (!authors.includes(author)) {
      return rejected("NotInRole", "its author does not play the role that writes this step");
    }
    if (type !== event.name) return rejected("WrongEvent", `it is a ${type}, not a ${event.name}`);
    const reading = await read(payload, author);
    if ("issue" in reading) return rejected("MalformedPayload", reading.issue);
    this.#values.set(hash, reading.value);
    const conformance = monitor.judge(signed);
    if (conformance.status === "violates") {
      const { code, what, evidence } = conformance.violation;
      this.#evidence.set(hash, evidence);
      return rejected(code, what);
    }
    return judge(reading.value, author);
  }
}
