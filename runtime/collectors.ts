/** The collectors of a session: one for each turn of each step that this role waits for. */
import { ProtocolError } from "../dsl/index.ts";
import type { Blame, ErrorPlace, Verdict } from "../dsl/index.ts";
import { actionContext } from "./action.ts";
import type { Acting } from "./action.ts";
import { membersOf } from "./amounts.ts";
import { Collector } from "./collector.ts";
import type { Alternative, Wanted } from "./instruction.ts";
import { addressedStep } from "./ledger/addressed.ts";
import type { SignedEvent } from "./ledger/envelope.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { SessionMonitor } from "./monitor/monitor.ts";
import { Offer } from "./offer.ts";
import type { CausalPast } from "./past.ts";
import { validatePayload } from "./payload.ts";
import { iterationOf } from "./request.ts";
import { openPayload } from "./sealed.ts";
import { restart } from "./wait.ts";

export interface CollectorsOptions extends Acting {
  readonly ledger: Ledger;
  readonly past: CausalPast;
  readonly monitor: SessionMonitor;
  readonly place: (label: string) => ErrorPlace;
}

export class Collectors {
  readonly #options: CollectorsOptions;
  readonly #byKey = new Map<string, Collector>();
  /** The latest wait for each: its turn is the one that judges. */
  readonly #wanted = new Map<string, Wanted>();
  readonly #offers: Offer[] = [];
  /** Steps whose value all devices take to be the same: those that every author has filled. */
  readonly #agreed = new Set<string>();
  /** Counts what may have changed in any of the collectors. */
  #changes = 0;
  /** Whom two versions of an agreed value are the fault of, and after how many changes. */
  #dividing: { readonly at: number; readonly blamed: readonly Blame[] } | undefined;

  constructor(options: CollectorsOptions) {
    this.#options = options;
  }

  /**
   * The collector of a wait; the first wait for the turn of the step makes it. A branch that is not
   * taken is waited for again, and what is known by then judges its event.
   */
  of(wanted: Wanted, key = keyOf(wanted)): Collector {
    this.#wanted.set(key, wanted);
    const existing = this.#byKey.get(key);
    if (existing !== undefined) return existing;
    const { ledger, past, monitor, session } = this.#options;
    const collector = new Collector({
      ledger,
      past,
      monitor,
      session: session.id,
      step: this.#stepOf(wanted),
      iteration: wanted.iteration,
      event: wanted.event,
      authors: membersOf(session.cast, wanted.from),
      read: (payload, author) => this.#read(wanted, payload, author),
      judge: (payload, author) => this.#judge(this.#wanted.get(key) ?? wanted, payload, author),
      onChange: () => (this.#changes += 1),
    });
    this.#byKey.set(key, collector);
    return collector;
  }

  /** The collector of a step that this role only looks at: of the latest turn that has an event. */
  ofLatest(wanted: Wanted): Collector {
    const { ledger, session } = this.#options;
    const authors = membersOf(session.cast, wanted.from);
    const events = ledger.events({ session: session.id, step: this.#stepOf(wanted), authors });
    const iteration = events.reduce((latest, event) => Math.max(latest, event.iteration), 0);
    // A key of its own: a wait for the step, should one come, judges for itself.
    return this.of({ ...wanted, iteration }, `look ${keyOf({ ...wanted, iteration })}`);
  }

  /** A wait for one of several branches. */
  offer(alternatives: readonly Alternative[]): Offer {
    const { ledger, past, session } = this.#options;
    const ways = alternatives.map((way) => ({ ...way, collector: this.of(way.wanted) }));
    const offer = new Offer({ ledger, past, session: session.id, ways });
    this.#offers.push(offer);
    this.#changes += 1;
    return offer;
  }

  /** From now on, another version of this step's value is everybody's business. */
  agree(wanted: Wanted): void {
    this.#changes += 1;
    this.#agreed.add(keyOf(wanted));
  }

  /**
   * A value that all devices took to be the same turns out to exist in two versions. What follows
   * from the other one cannot be judged: its authors are honest, and would be blamed.
   */
  divided(label: string): ProtocolError | undefined {
    const blamed = this.#dividers();
    if (blamed.length === 0) return undefined;
    return new ProtocolError({
      code: "Rejected",
      what: "something that all devices must agree on was written in two versions",
      todo: restart,
      where: this.#options.place(label),
      blamed,
    });
  }

  /** Counts what may have changed of what counts and of whom to blame. */
  get changes(): number {
    return this.#changes;
  }

  /** Judges what came too late to matter, for the sake of blame; the role is done either way. */
  async judgeTheRest(): Promise<void> {
    for (const collector of this.#byKey.values()) {
      try {
        await collector.judge();
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
      }
    }
  }

  /** The event has been taken back: what followed it is judged anew when it is here again. */
  forget(event: SignedEvent): void {
    const { past } = this.#options;
    const collectors = [...this.#byKey.values()];
    if (collectors.some((each) => each.hasCounted(event.hash))) past.insist(event);
    const gone = past.forget(event.hash);
    for (const collector of collectors) collector.forget(gone);
  }

  /** Hashes of all that has counted. */
  counted(): readonly string[] {
    return [...this.#byKey.values()].flatMap((each) => each.counted());
  }

  /** Everyone who is to blame so far, with evidence. */
  blamed(): readonly Blame[] {
    const events = [...this.#byKey.values()].flatMap((each) => each.blamed());
    return [...events, ...this.#offers.flatMap((each) => each.twoBranches())];
  }

  close(): void {
    for (const collector of this.#byKey.values()) collector.close();
  }

  #dividers(): readonly Blame[] {
    if (this.#dividing?.at !== this.#changes) {
      const blamed = [...this.#agreed].flatMap((key) => this.#byKey.get(key)?.divided() ?? []);
      this.#dividing = { at: this.#changes, blamed };
    }
    return this.#dividing.blamed;
  }

  #stepOf({ label, addressed }: Wanted): string {
    return addressed === undefined ? label : addressedStep(label, this.#options.device.id);
  }

  #read(wanted: Wanted, payload: unknown, from: string) {
    const { session, device } = this.#options;
    const { event, sealed, iteration } = wanted;
    if (sealed === undefined) return validatePayload(event, payload);
    const step = this.#stepOf(wanted);
    return openPayload(payload, { session, step, iteration, event, from, to: device.id }, device);
  }

  #judge(wanted: Wanted, payload: unknown, author: string): Verdict | Promise<Verdict> {
    const { accept, performed } = wanted;
    const divided = this.divided(wanted.label);
    if (divided !== undefined) throw divided;
    if (accept === undefined) return { accepted: true };
    // The turn that the wait belongs to: a later one may have begun when a late event is judged.
    const earlier = (label: string): unknown => {
      const iteration = iterationOf(performed, "wait", label) - 1;
      return this.#byKey.get(keyOf({ label, iteration }))?.written(author);
    };
    const context = { ...actionContext(this.#options, wanted), author, earlier };
    return accept(payload as never, context as never);
  }
}

function keyOf({ label, iteration }: Pick<Wanted, "label" | "iteration">): string {
  return `${label} ${iteration}`;
}
