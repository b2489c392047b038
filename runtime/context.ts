/**
 * The protocol context: performs the instructions of one role of a session on one device. It signs
 * and appends events, waits for those of others and judges them, runs the author's actions, and
 * writes how the role ended (specification, sections 2.3 and 3.4).
 */
import { ProtocolError } from "../dsl/index.ts";
import type { AnyEvent, Blame, Contribution, ErrorPlace, Script } from "../dsl/index.ts";
import { actionContext } from "./action.ts";
import { membersOf } from "./amounts.ts";
import { Collectors } from "./collectors.ts";
import { equalBytes } from "./crypto/hash.ts";
import type { Device } from "./device.ts";
import { EndRecords } from "./outcome/end-records.ts";
import type { Ending, FirstEvent, Instruction, InstructionResult, Wanted } from "./instruction.ts";
import { addressedStep } from "./ledger/addressed.ts";
import type { SignedEvent } from "./ledger/envelope.ts";
import { encode } from "./ledger/cbor.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { ScriptsByRole } from "./monitor/local-types.ts";
import { SessionMonitor } from "./monitor/monitor.ts";
import type { Observer } from "./notice.ts";
import { Notices } from "./notices.ts";
import { checkedPayload } from "./payload.ts";
import { CausalPast } from "./past.ts";
import {
  SessionCompleted,
  abortPayload,
  abortedStep,
  completedStep,
  plainBlames,
} from "./record.ts";
import { sealPayload, sealedEvent } from "./sealed.ts";
import type { Session } from "./session.ts";
import type { TimeSource } from "./time/time-source.ts";
import { restart, sleepUntil, waitForAbort, waitForQuorum } from "./wait.ts";
import type { Aborts, Wait, Waiting } from "./wait.ts";
import { writeEvent } from "./write.ts";

export interface ContextOptions {
  readonly session: Session;
  readonly script: Script;
  /**
   * The scripts of all roles: each device's events are checked against those of the roles that it
   * plays. Where not given, against this role's alone.
   */
  readonly scripts?: ScriptsByRole;
  readonly device: Device;
  /** What the device brings to the session and keeps to itself; the choreography's `device`. */
  readonly inputs: unknown;
  readonly ledger: Ledger;
  readonly time: TimeSource;
  readonly observe?: Observer;
  /** The session that this one is nested in: when it is given up, this one is too. */
  readonly around?: ProtocolContext;
}

type Of<Kind extends Instruction["kind"]> = Extract<Instruction, { readonly kind: Kind }>;
type Performable = Exclude<Instruction, Ending | Of<"RunSubProtocol" | "Fork">>;

export class ProtocolContext {
  readonly options: ContextOptions;
  readonly #collectors: Collectors;
  readonly #past: CausalPast;
  readonly #endRecords: EndRecords;
  readonly #stop: () => void;
  readonly #notices: Notices;
  /** Why this role gave up. */
  #failure: ProtocolError | undefined;

  constructor(options: ContextOptions) {
    this.options = options;
    const { ledger, session, script, device, inputs } = options;
    const scripts = options.scripts ?? { [script.role]: script };
    const get = (hash: string) => ledger.get(hash);
    this.#past = new CausalPast(ledger);
    const place = (label: string) => this.#place(label);
    const monitor = new SessionMonitor({ session, scripts, get });
    this.#endRecords = new EndRecords({
      ledger,
      session,
      script,
      device,
      monitor,
      past: this.#past,
    });
    const world = { ledger, past: this.#past, monitor, place };
    this.#collectors = new Collectors({ session, script, device, inputs, ...world });
    this.#notices = new Notices(options, this.#collectors);
    const forget = (event: SignedEvent): void => {
      monitor.forget(event.hash);
      this.#endRecords.lookAnew();
      this.#collectors.forget(event);
    };
    this.#stop = ledger.onRetract(forget, { session: session.id });
  }

  /** Performs one instruction. What goes wrong on the way is a result, `Failed`. */
  async perform(instruction: Performable): Promise<InstructionResult> {
    // Blocks of a fork run on until they ask for something; one that failed has ended the session.
    if (this.#failure !== undefined) return { kind: "Failed", error: this.#failure };
    try {
      return await this.#perform(instruction);
    } catch (error) {
      const label = "wanted" in instruction ? instruction.wanted.label : instruction.label;
      return { kind: "Failed", error: this.#asProtocolError(error, label) };
    }
  }

  /** Writes that the role is done, with whom it blames. */
  async complete(label?: string): Promise<void> {
    const { role } = this.options.script;
    const step = label ?? completedStep(role);
    await this.#collectors.judgeTheRest();
    this.#notices.tellBlame(step);
    const payload = { role, blamed: plainBlames(this.blamed()) };
    this.#write({ step: completedStep(role), event: SessionCompleted, payload });
    this.#notices.tell(step, { kind: "returned" });
  }

  /** Writes that the role gave up, why, and whom it blames. The first reason is the one. */
  abort(error: ProtocolError): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    const { script } = this.options;
    // A completion beats an abort, its own too: nothing follows it.
    if (this.#endRecords.isCompleted()) return;
    const step = error.where.step ?? abortedStep(script.role);
    this.#notices.tellBlame(step);
    try {
      const payload = abortPayload(error, this.blamed());
      this.#write({ step: abortedStep(script.role), event: script.abort, payload });
    } catch (failure) {
      // A ledger that refuses this device's events refuses this one too. The caller is to see the
      // first error, not the last.
      if (!(failure instanceof ProtocolError)) throw failure;
    }
    this.#notices.tell(step, { kind: "aborted", reason: error.message });
  }

  /** Everyone who is to blame so far, with evidence. */
  blamed(): readonly Blame[] {
    return this.#notices.blamed();
  }

  /**
   * Who gave the session up, and whether that ends it for this role.
   *
   * @param except devices that do not decide
   */
  aborts(except: readonly string[] = []): Aborts {
    const outer = this.options.around?.aborts() ?? { by: [], decided: false };
    const { by, decided } = this.#endRecords.aborts(outer, except);
    return { by, decided: decided || this.#failure !== undefined };
  }

  /** The session's id, and those of the sessions around it. */
  sessions(): readonly string[] {
    const { session, around } = this.options;
    return [session.id, ...(around?.sessions() ?? [])];
  }

  /** Lets go of the ledger. */
  close(): void {
    this.#collectors.close();
    this.#endRecords.close();
    this.#past.close();
    this.#stop();
  }

  async #perform(instruction: Performable): Promise<InstructionResult> {
    const { ledger, time, session, device } = this.options;
    switch (instruction.kind) {
      case "Compute":
        return { kind: "Computed", value: await this.#compute(instruction) };
      case "WriteToLedger": {
        const written = await this.#writeFact(instruction);
        this.#notices.tell(instruction.label, { kind: "wrote", event: instruction.event.name });
        return { kind: "Written", payload: written };
      }
      case "AwaitEvent": {
        const [event] = await this.#await(instruction, 1);
        return { kind: "Event", event };
      }
      case "AwaitThreshold":
        return {
          kind: "CollectedEvents",
          events: await this.#await(instruction, instruction.count),
        };
      case "AwaitBranch":
        return { kind: "Chosen", branch: await this.#awaitBranch(instruction) };
      case "AwaitAbort":
        return { kind: "Failed", error: await waitForAbort(this.#timed(instruction, 1)) };
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
        this.#notices.tell(label, { kind: "slept", epochs });
        return { kind: "Acknowledged" };
      }
      case "CheckForEvent":
        return this.#check(instruction);
    }
  }

  async #compute({ label, action, to, firsts, ...standing }: Of<"Compute">): Promise<unknown> {
    const decided = firsts === undefined ? undefined : this.#decidedBefore(firsts);
    if (decided !== undefined) return decided;
    const receiver = to === undefined ? {} : { to };
    const context = { ...actionContext(this.options, standing), ...receiver };
    const value = await action(context as never);
    this.#notices.tell(label, { kind: "computed" });
    return value;
  }

  /**
   * The branch whose first event this device has written. To decide otherwise when it runs again, for
   * an event has come that was missing at first, would be to take two branches.
   */
  #decidedBefore(firsts: readonly FirstEvent[]): string | undefined {
    const { ledger, session, device } = this.options;
    const written = firsts.flatMap(({ branch, step, iteration }) => {
      const slot = { session: session.id, step, iteration, authors: [device.id] };
      return ledger.events(slot).map((event) => ({ branch, event }));
    });
    const [first] = ledger.ordered(
      session.id,
      written.map(({ event }) => event),
    );
    return written.find(({ event }) => event === first)?.branch;
  }

  async #check({
    wanted,
    isPerformed,
    collected,
  }: Of<"CheckForEvent">): Promise<InstructionResult> {
    const collector = isPerformed ? this.#collectors.of(wanted) : this.#collectors.ofLatest(wanted);
    await collector.judge();
    const events = collector.accepted();
    return collected === true
      ? { kind: "CollectedEvents", events }
      : { kind: "Event", event: events[0] };
  }

  async #await(
    { wanted, within, onTimeout }: Of<"AwaitEvent" | "AwaitThreshold">,
    count: number,
  ): Promise<readonly Contribution<unknown>[]> {
    const { label } = wanted;
    const collector = this.#collectors.of(wanted);
    const timed = this.#timed({ ...wanted, within }, count);
    const result = await this.#quorum(label, {
      ...{ ...timed, collector, count },
      isOptional: onTimeout !== undefined,
      divided: () => this.#collectors.divided(label),
    });
    this.#notices.tell(label, { kind: "received", from: result.map(({ author }) => author) });
    // A value of which each device has its own version is nothing to agree on.
    const isShared = count === timed.members.length && wanted.addressed === undefined;
    if (isShared && result.length === count) this.#collectors.agree(wanted);
    return result;
  }

  /** The branch that was taken; its own first wait then finds the event there. */
  async #awaitBranch(instruction: Of<"AwaitBranch">): Promise<string> {
    const { label, alternatives } = instruction;
    const collector = this.#collectors.offer(alternatives);
    const timed = this.#timed(instruction, 1);
    const divided = () => this.#collectors.divided(label) ?? collector.divided(this.#place(label));
    await this.#quorum(label, { ...timed, collector, count: 1, isOptional: false, divided });
    const branch = collector.branch();
    if (branch === undefined) throw new TypeError("an event that counts is not on the ledger");
    return branch;
  }

  async #quorum(label: string, wait: Wait) {
    const result = await waitForQuorum(wait);
    if (result instanceof ProtocolError) throw result;
    this.#notices.tellBlame(label);
    return result;
  }

  #timed(
    { label, from, within }: Pick<Wanted, "label" | "from"> & { readonly within: number },
    need: number,
  ) {
    const { session, time } = this.options;
    const deadline = time.epoch() + within;
    const onWaiting: Wait["onWaiting"] = (missing, have) => {
      if (this.options.observe === undefined) return;
      this.#notices.tellBlame(label);
      this.#notices.tell(label, { kind: "waiting", from: missing(), have, need, deadline });
    };
    return { ...this.#waiting(label), members: membersOf(session.cast, from), deadline, onWaiting };
  }

  #waiting(label: string): Waiting {
    const { ledger, time } = this.options;
    const aborts: Waiting["aborts"] = (except) => this.aborts(except);
    return { ledger, sessions: this.sessions(), time, aborts, place: this.#place(label) };
  }

  /** Writes what a step says, sealed where it is for one device; what this role then knows. */
  async #writeFact(write: Of<"WriteToLedger">): Promise<unknown> {
    const { label, iteration, event, payload, to, sealedTo } = write;
    const step = to === undefined ? label : addressedStep(label, to);
    if (sealedTo === undefined)
      return this.#write({ label, step, iteration, event, payload }).payload;
    const { session, device, ledger } = this.options;
    const receiver = to ?? membersOf(session.cast, sealedTo)[0] ?? "";
    const plain = checkedPayload(event, payload, this.#place(label));
    const place = { session, step, iteration, event, from: device.id, to: receiver };
    const sealed = await sealPayload(plain, place, device, ledger);
    const slot = { label, step, iteration };
    const written = this.#write({ ...slot, event: sealedEvent(event), payload: sealed });
    if (equalBytes(encode(written.payload), encode(sealed))) return plain;
    throw new ProtocolError({
      code: "InvalidState",
      what: "this device has sealed something else for this step before",
      todo: "Give the session up and start a new one: nobody can read the first again here",
      where: this.#place(label),
    });
  }

  #write(write: {
    readonly step: string;
    readonly event: AnyEvent;
    readonly payload: unknown;
    readonly label?: string;
    readonly iteration?: number;
  }): SignedEvent {
    const { step, event, payload, label, iteration = 0 } = write;
    const { ledger, device, session, time } = this.options;
    const place = this.#place(label ?? step);
    if (
      label !== undefined &&
      this.#endRecords.isOver() &&
      !this.#endRecords.hasWritten(step, iteration)
    ) {
      throw new ProtocolError({
        code: "Aborted",
        what: "this device has written before that its role has ended, and nothing can follow that",
        todo: restart,
        where: place,
      });
    }
    const counted = () => this.#collectors.counted();
    const slot = { ledger, past: this.#past, counted, device, session, step, iteration };
    return writeEvent({ ...slot, event, payload, epoch: time.epoch(), place });
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
