/** The records on the ledger of how roles have ended, as one role of one device looks at them. */
import type { Script } from "../../dsl/index.ts";
import type { Device } from "../device.ts";
import type { SignedEvent } from "../ledger/envelope.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { watch } from "../ledger/watcher.ts";
import type { Watcher } from "../ledger/watcher.ts";
import type { SessionMonitor } from "../monitor/monitor.ts";
import type { CausalPast } from "../past.ts";
import { SessionCompleted, abortedStep, completedStep } from "../record.ts";
import type { Session } from "../session.ts";
import type { Aborts } from "../wait.ts";

export interface EndRecordsOptions {
  readonly ledger: Ledger;
  readonly session: Session;
  readonly script: Script;
  readonly device: Device;
  readonly monitor: SessionMonitor;
  readonly past: CausalPast;
}

export class EndRecords {
  readonly #options: EndRecordsOptions;
  readonly #aborts: Watcher;
  readonly #completions: Watcher;
  readonly #players: ReadonlySet<string>;
  /** Those whose word is the whole session's. */
  readonly #deciders: ReadonlySet<string>;
  /** The aborts that count; to be found out anew where absent. Every wait asks at every event. */
  #counting: readonly SignedEvent[] | undefined;

  constructor(options: EndRecordsOptions) {
    this.#options = options;
    const { ledger, session, script } = options;
    const { id, cast } = session;
    this.#aborts = watch(ledger, { session: id, type: script.abort.name });
    this.#completions = watch(ledger, { session: id, type: SessionCompleted.name });
    this.#players = new Set(Object.values(cast).flat());
    this.#deciders = new Set(Object.values(cast).flatMap((one) => (isOne(one) ? [one] : [])));
    for (const watcher of [this.#aborts, this.#completions]) {
      watcher.onChange(() => this.lookAnew());
    }
  }

  /** Something has come or gone that may decide which aborts count. */
  lookAnew(): void {
    this.#counting = undefined;
  }

  /**
   * Who gave the session up, and whether that ends it for this role. Whoever plays a `one` role
   * decides for all: its abort ends the session. The abort of a family's member means that the member
   * is gone, and the others go on while they are enough. What ends the session around ends this one.
   *
   * @param except devices that do not decide
   */
  aborts(outer: Aborts, except: readonly string[]): Aborts {
    const { device, script } = this.#options;
    this.#counting ??= this.#aborts
      .events()
      .filter((event) => this.#players.has(event.author) && this.#counts(event));
    const events = this.#counting;
    if (events.length === 0) return outer.decided ? outer : nobody;
    const authors = events.map(({ author }) => author);
    const by = [...new Set([...authors, ...(outer.decided ? outer.by : [])])].sort();
    const isOwn = ({ author, step }: SignedEvent): boolean =>
      author === device.id && step === abortedStep(script.role);
    const decided =
      outer.decided ||
      events.some(isOwn) ||
      authors.some((author) => this.#deciders.has(author) && !except.includes(author));
    return { by, decided };
  }

  /** Whether this role of this device has said that it is done. */
  isCompleted(): boolean {
    return this.hasWritten(completedStep(this.#options.script.role));
  }

  /** Whether this role of this device has said that it has ended, well or not. */
  isOver(): boolean {
    return this.isCompleted() || this.hasWritten(abortedStep(this.#options.script.role));
  }

  /** Whether this device has filled the slot. */
  hasWritten(step: string, iteration = 0): boolean {
    const { ledger, session, device } = this.#options;
    const slot = { session: session.id, step, iteration, authors: [device.id] };
    return ledger.events(slot).length > 0;
  }

  close(): void {
    this.#aborts.close();
    this.#completions.close();
  }

  /**
   * A completion of the same role by the same device beats its abort, whichever came first. And what
   * a device acts on must be in the past of what it writes next, so that others can tell why: an
   * abort whose own past is not here cannot be.
   */
  #counts(abort: SignedEvent): boolean {
    const { ledger, session, monitor, past } = this.#options;
    const isKnown = (event: SignedEvent): boolean => {
      if (monitor.judge(event).status !== "waiting") return true;
      past.whenWhole(event, () => this.lookAnew());
      return false;
    };
    if (!isKnown(abort)) return false;
    const { step, author } = abort;
    const done = completedStep(step.slice(abortedStep("").length));
    const slot = { session: session.id, step: done, iteration: 0, authors: [author] };
    return !ledger
      .events(slot)
      .some((event) => isKnown(event) && monitor.judge(event).status === "conforms");
  }
}

const nobody: Aborts = Object.freeze({ by: [], decided: false });

function isOne(players: string | readonly string[]): players is string {
  return typeof players === "string";
}
