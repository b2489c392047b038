/**
 * The protocol context: performs the instructions of one role of a session on one device. It signs
 * and appends events, waits for those of others and judges them, runs the author's actions, and
 * writes how the role ended (specification, sections 2.3 and 3.4).
 */
import { ProtocolError } from "../dsl/index.ts";
import type {
  ActionContext,
  AnyEvent,
  Blame,
  Contribution,
  Epochs,
  ErrorPlace,
  Script,
  Verdict,
} from "../dsl/index.ts";
import { Collector } from "./collector.ts";
import { deriveEntropy } from "./crypto/entropy.ts";
import { equalBytes } from "./crypto/hash.ts";
import type { Device } from "./device.ts";
import type { Facts, Instruction, InstructionResult, Wanted } from "./instruction.ts";
import { membersOf } from "./interpreter.ts";
import type { SignedEvent } from "./ledger/envelope.ts";
import { encode } from "./ledger/cbor.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { watch } from "./ledger/watcher.ts";
import type { Watcher } from "./ledger/watcher.ts";
import type { Notice, NoticePlace, Observer } from "./notice.ts";
import { checkedPayload, validatePayload } from "./payload.ts";
import { CausalPast } from "./past.ts";
import {
  SessionCompleted,
  abortPayload,
  abortedStep,
  completedStep,
  plainBlames,
} from "./record.ts";
import { openPayload, sealPayload, sealedEvent } from "./sealed.ts";
import type { Session } from "./session.ts";
import type { TimeSource } from "./time/time-source.ts";
import { restart, sleepUntil, waitForQuorum } from "./wait.ts";
import type { Waiting } from "./wait.ts";
import { writeEvent } from "./write.ts";

export interface ContextOptions {
  readonly session: Session;
  readonly script: Script;
  readonly device: Device;
  /** What the device brings to the session and keeps to itself; the choreography's `device`. */
  readonly inputs: unknown;
  readonly ledger: Ledger;
  readonly time: TimeSource;
  readonly observe?: Observer;
}

type Performable = Exclude<Instruction, { readonly kind: "Return" | "Abort" | "RunSubProtocol" }>;

export class ProtocolContext {
  readonly options: ContextOptions;
  readonly #collectors = new Map<string, Collector>();
  /** Steps whose value all devices take to be the same: those that every author has filled. */
  readonly #agreed = new Set<string>();
  readonly #past: CausalPast;
  readonly #aborts: Watcher;
  readonly #told = new Set<string>();

  constructor(options: ContextOptions) {
    this.options = options;
    const { ledger, session, script } = options;
    this.#past = new CausalPast(ledger);
    this.#aborts = watch(ledger, { session: session.id, type: script.abort.name });
  }

  /** Performs one instruction. What goes wrong on the way is a result, `Failed`. */
  async perform(instruction: Performable): Promise<InstructionResult> {
    try {
      return await this.#perform(instruction);
    } catch (error) {
      const label = "wanted" in instruction ? instruction.wanted.label : instruction.label;
      return { kind: "Failed", error: this.#asProtocolError(error, label) };
    }
  }

  /** Writes that the role is done, with whom it blames. */
  async complete(label: string): Promise<void> {
    const { script } = this.options;
    await this.#judgeTheRest();
    this.#tellBlame(label);
    const payload = { role: script.role, blamed: plainBlames(this.blamed()) };
    this.#write(completedStep(script.role), SessionCompleted, payload);
    this.#tell(label, { kind: "returned" });
  }

  /** Writes that the role gave up, why, and whom it blames. */
  abort(error: ProtocolError): void {
    const { script } = this.options;
    const step = error.where.step ?? abortedStep(script.role);
    this.#tellBlame(step);
    try {
      this.#write(abortedStep(script.role), script.abort, abortPayload(error, this.blamed()));
    } catch (failure) {
      // A ledger that refuses this device's events refuses this one too. The caller is to see the
      // first error, not the last.
      if (!(failure instanceof ProtocolError)) throw failure;
    }
    this.#tell(step, { kind: "aborted", reason: error.message });
  }

  /** Judges what came too late to matter, for the sake of blame; the role is done either way. */
  async #judgeTheRest(): Promise<void> {
    for (const collector of this.#collectors.values()) {
      try {
        await collector.judge();
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
      }
    }
  }

  /** Everyone who is to blame so far, with evidence. */
  blamed(): readonly Blame[] {
    return plainBlames([...this.#collectors.values()].flatMap((each) => each.blamed()));
  }

  /** Lets go of the ledger. */
  close(): void {
    for (const collector of this.#collectors.values()) collector.close();
    this.#aborts.close();
  }

  async #perform(instruction: Performable): Promise<InstructionResult> {
    const { ledger, time, session, device } = this.options;
    switch (instruction.kind) {
      case "Compute": {
        const { label, action, facts } = instruction;
        const value = await action(this.#actionContext(facts) as never);
        this.#tell(label, { kind: "computed" });
        return { kind: "Computed", value };
      }
      case "WriteToLedger": {
        const written = await this.#writeFact(instruction);
        this.#tell(instruction.label, { kind: "wrote", event: instruction.event.name });
        return { kind: "Written", payload: written };
      }
      case "AwaitEvent": {
        const [event] = await this.#await(instruction.wanted, 1, instruction.within);
        return { kind: "Event", event };
      }
      case "AwaitThreshold": {
        const { wanted, count, within } = instruction;
        return { kind: "CollectedEvents", events: await this.#await(wanted, count, within) };
      }
      case "GetLedgerState": {
        const nonce = ledger.nextNonce(device.id, session.id);
        const state = { epoch: time.epoch(), nonce, heads: ledger.heads(session.id) };
        return { kind: "LedgerState", state };
      }
      case "GetCurrentEpoch":
        return { kind: "CurrentEpoch", epoch: time.epoch() };
      case "WaitEpochs": {
        const { label, epochs } = instruction;
        const over = await sleepUntil(time.epoch() + epochs, this.#waiting(label));
        if (over !== undefined) throw over;
        this.#tell(label, { kind: "slept", epochs });
        return { kind: "Acknowledged" };
      }
      case "CheckForEvent": {
        const collector = this.#collector(instruction.wanted);
        await collector.judge();
        return { kind: "Event", event: collector.accepted()[0] };
      }
    }
  }

  async #await(
    wanted: Wanted,
    count: number,
    within: Epochs,
  ): Promise<readonly Contribution<unknown>[]> {
    const { session, time } = this.options;
    const { label, from } = wanted;
    const deadline = time.epoch() + within;
    const collector = this.#collector(wanted);
    const members = membersOf(session.cast, from);
    const result = await waitForQuorum({
      ...this.#waiting(label),
      collector,
      members,
      count,
      deadline,
      divided: () => this.#divided(label),
      onWaiting: (missing, have) => {
        this.#tellBlame(label);
        this.#tell(label, { kind: "waiting", from: missing, have, need: count, deadline });
      },
    });
    if (result instanceof ProtocolError) throw result;
    this.#tellBlame(label);
    this.#tell(label, { kind: "received", from: result.map(({ author }) => author) });
    if (count === members.length) this.#agreed.add(label);
    return result;
  }

  #waiting(label: string): Waiting {
    const { ledger, session, time } = this.options;
    const aborts = (): ReturnType<Waiting["aborts"]> => this.#abortedBy();
    return { ledger, session: session.id, time, aborts, place: this.#place(label) };
  }

  /** The collector of a step; the first wait for the step makes it. */
  #collector(wanted: Wanted): Collector {
    const { ledger, session } = this.options;
    const { label, from, event } = wanted;
    const existing = this.#collectors.get(label);
    if (existing !== undefined) return existing;
    const collector = new Collector({
      ledger,
      past: this.#past,
      session: session.id,
      step: label,
      event,
      authors: membersOf(session.cast, from),
      read: (payload, author) => this.#read(wanted, payload, author),
      judge: (payload, author) => this.#judge(wanted, payload, author),
    });
    this.#collectors.set(label, collector);
    return collector;
  }

  #read({ label, event, sealed }: Wanted, payload: unknown, author: string) {
    const { session, device } = this.options;
    if (sealed === undefined) return validatePayload(event, payload);
    const place = { session, step: label, event, from: author, to: device.id };
    return openPayload(payload, place, device);
  }

  #judge(wanted: Wanted, payload: unknown, author: string): Verdict | Promise<Verdict> {
    const { accept, facts } = wanted;
    const divided = this.#divided(wanted.label);
    if (divided !== undefined) throw divided;
    if (accept === undefined) return { accepted: true };
    const earlier = (label: string): unknown => this.#collectors.get(label)?.written(author);
    const context = { ...this.#actionContext(facts), author, earlier };
    return accept(payload as never, context as never);
  }

  /** What an action is given: the fields of `ActionContext`, and the facts by label. */
  #actionContext(facts: Facts): Facts {
    const { session, device, inputs, script } = this.options;
    const entropy: ActionContext<unknown, unknown>["entropy"] = (purpose, ...bound) =>
      deriveEntropy(
        device.entropySecret,
        "aura/session/entropy/v1",
        session.id,
        script.role,
        purpose,
        ...bound,
      );
    return {
      ...facts,
      params: session.params,
      device: inputs,
      self: device.id,
      session: session.id,
      cast: session.cast,
      entropy,
    };
  }

  /** Writes what a step says, sealed where it is for one role; what this role then knows. */
  async #writeFact(write: Extract<Instruction, { readonly kind: "WriteToLedger" }>) {
    const { label, event, payload, sealedTo } = write;
    if (sealedTo === undefined) return this.#write(label, event, payload).payload;
    const { session, device, ledger } = this.options;
    const [to = ""] = membersOf(session.cast, sealedTo);
    const plain = checkedPayload(event, payload, this.#place(label));
    const place = { session, step: label, event, from: device.id, to };
    const sealed = await sealPayload(plain, place, device, ledger);
    const written = this.#write(label, sealedEvent(event), sealed);
    if (equalBytes(encode(written.payload), encode(sealed))) return plain;
    throw new ProtocolError({
      code: "InvalidState",
      what: "this device has sealed something else for this step before",
      todo: "Give the session up and start a new one: nobody can read the first again here",
      where: this.#place(label),
    });
  }

  #write(step: string, event: AnyEvent, payload: unknown): SignedEvent {
    const { ledger, device, session, time } = this.options;
    const past = this.#past;
    const epoch = time.epoch();
    const place = this.#place(step);
    return writeEvent({ ledger, past, device, session, step, event, payload, epoch, place });
  }

  /**
   * A value that all devices took to be the same turns out to exist in two versions. What follows
   * from the other one cannot be judged: its authors are honest, and would be blamed.
   */
  #divided(step: string): ProtocolError | undefined {
    const labels = [...this.#agreed];
    const blamed = labels.flatMap((label) => this.#collectors.get(label)?.divided() ?? []);
    if (blamed.length === 0) return undefined;
    return new ProtocolError({
      code: "Rejected",
      what: "something that all devices must agree on was written in two versions",
      todo: restart,
      where: this.#place(step),
      blamed,
    });
  }

  /**
   * Whoever plays a `one` role decides for all: its abort ends the session. The abort of a family's
   * member means that the member is gone, and the others go on while they are enough.
   */
  #abortedBy(): { readonly by: readonly string[]; readonly decided: boolean } {
    const { cast } = this.options.session;
    const players = new Set(Object.values(cast).flat());
    const deciders = new Set(Object.values(cast).filter((one) => typeof one === "string"));
    const events = this.#aborts.events().filter(({ author }) => players.has(author));
    const by = [...new Set(events.map(({ author }) => author))].sort();
    return { by, decided: by.some((author) => deciders.has(author)) };
  }

  #tell(step: string, what: DistributiveOmit<Notice, keyof NoticePlace>): void {
    const { observe, session, script, device, time } = this.options;
    const { protocol, role } = script;
    const place = { session: session.id, protocol, device: device.id, role, step };
    observe?.({ ...place, epoch: time.epoch(), ...what });
  }

  #tellBlame(step: string): void {
    for (const blame of this.blamed()) {
      const key = `${blame.device} ${blame.reason}`;
      if (this.#told.has(key)) continue;
      this.#told.add(key);
      this.#tell(step, { kind: "blamed", blame });
    }
  }

  #place(step: string): ErrorPlace {
    const { script, device } = this.options;
    return { protocol: script.protocol, step, role: script.role, device: device.id };
  }

  #asProtocolError(error: unknown, label: string): ProtocolError {
    const where = this.#place(label);
    if (error instanceof ProtocolError) {
      if (error.where.step !== undefined) return error;
      const { code, what, todo, blamed } = error;
      return new ProtocolError({ code, what, todo, blamed, where, cause: error });
    }
    return new ProtocolError({
      code: "ActionFailed",
      what: "an action of the protocol threw",
      todo: "See the cause of this error, and mend the action",
      where,
      cause: error,
    });
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
