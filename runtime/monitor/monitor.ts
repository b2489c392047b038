/**
 * The monitor of a session: checks each event against the local types of the roles that its author
 * plays, and against what its author had seen. So a misordered step is refused at run time too, by
 * everyone alike: a verdict depends on the event and its causal past alone, and not on the order in
 * which events came in or on what else is here.
 *
 * What it cannot know: whether a check of an author's function would have taken an event (`accept`
 * may look at secrets), what a role decided where it wrote nothing of it, how a nested session ended
 * (no event of one session names a parent in another), and when a role came to a wait. There it
 * assumes what is best for the author: an honest device is never blamed.
 */
import type { Script } from "../../dsl/index.ts";
import { membersOf } from "../amounts.ts";
import { addressedStep } from "../ledger/addressed.ts";
import { CausalMemo } from "../causal-memo.ts";
import { start } from "../interpreter.ts";
import type { SignedEvent } from "../ledger/envelope.ts";
import { validatePayload } from "../payload.ts";
import { SessionCompleted, abortedStep, completedStep, openedStep, readRecord } from "../record.ts";
import { sealedEvent } from "../sealed.ts";
import type { Session } from "../session.ts";
import { explain } from "./explain.ts";
import { localTypes } from "./local-types.ts";
import type { LocalTypes, ScriptsByRole, WriteNode } from "./local-types.ts";
import { placeOf, reach, written } from "./place.ts";
import type { Place, WriteInstruction } from "./place.ts";
import { rules } from "./rules.ts";
import type { Conformance, Fault } from "./rules.ts";
import { follow, inSlot, slotKey, together, unseen } from "./seen.ts";
import type { Mark, Point, Seen } from "./seen.ts";
import { worldOf } from "./world.ts";

export interface MonitorOptions {
  readonly session: Pick<Session, "id" | "cast" | "params">;
  /** The scripts of all roles. Events of a role whose script is missing are not checked. */
  readonly scripts: ScriptsByRole;
  /** The event of this hash, where it is here. */
  readonly get: (hash: string) => SignedEvent | undefined;
}

/** Where an author stands in one of its roles. */
export interface Standing {
  /** `undefined` where there were too many to follow: then every order is taken. */
  readonly places: readonly Place[] | undefined;
  /** Hash of the record that the role has ended. */
  readonly ended?: string;
}

type Standings = ReadonlyMap<string, Standing>;

interface Judged {
  /** What one knows who knows this event. */
  readonly known: Seen;
  readonly conformance: Conformance;
}

const conforms: Conformance = Object.freeze({ status: "conforms" });
const waiting: Conformance = Object.freeze({ status: "waiting" });

export class SessionMonitor {
  readonly #options: MonitorOptions;
  readonly #types: LocalTypes;
  /** By hash: the events whose past is here. */
  readonly #judged = new CausalMemo<Judged>();
  /** Where each author stands after each of its events. */
  readonly #standings = new WeakMap<Point["line"], Map<number, Standings>>();

  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#types = localTypes(options.session.cast, options.scripts);
  }

  /** Whether an event of this session is one that its author may write, as far as one can know. */
  judge(event: SignedEvent): Conformance {
    const open = [event];
    for (let next = open.at(-1); next !== undefined; next = open.at(-1)) {
      const known = this.#judged.get(next.hash);
      const missing = known === undefined ? this.#unjudged(next) : [];
      if (missing === undefined) return waiting;
      if (missing.length > 0) {
        open.push(...missing);
        continue;
      }
      const judged = known ?? this.#judge(next);
      if (open.length === 1) {
        // One that is not here is no past of others.
        if (this.#options.get(event.hash) !== undefined) this.#judged.set(event, judged);
        return judged.conformance;
      }
      this.#judged.set(next, judged);
      open.pop();
    }
    return waiting;
  }

  /** An event has been taken back: it is to be judged anew, and so is what follows it. */
  forget(hash: string): void {
    this.#judged.forget(hash);
  }

  /** The parents that are to be judged first; `undefined` where one is not here. */
  #unjudged({ parents }: SignedEvent): readonly SignedEvent[] | undefined {
    const missing: SignedEvent[] = [];
    for (const hash of parents) {
      if (this.#judged.has(hash)) continue;
      const parent = this.#options.get(hash);
      if (parent === undefined || parent.session !== this.#options.session.id) return undefined;
      missing.push(parent);
    }
    return missing;
  }

  /** Each event once, after its parents. */
  #judge(event: SignedEvent): Judged {
    const { author, nonce, parents } = event;
    const seen = together(parents.flatMap((hash) => this.#judged.get(hash)?.known ?? []));
    const own = seen.get(author) ?? unseen;
    const misplaced = misplacement(own, nonce);
    if (misplaced !== undefined) {
      seen.set(author, { ...own, faulty: true });
      return { known: seen, conformance: violation(event, misplaced) };
    }
    const before = this.#standingsAt(author, own.point);
    const result = this.#follow(event, before, seen, own);
    const isFault = "code" in result;
    const point = follow(own.point);
    const { line } = point;
    const after = this.#standings.get(line) ?? new Map<number, Standings>();
    this.#standings.set(line, after.set(point.nonce, isFault ? before : result));
    const slot = slotKey(event.step, event.iteration);
    // The first: whoever had seen that one only must be judged alike, whatever was judged before.
    if (!isFault && inSlot(point, slot) === undefined) {
      line.slots.set(slot, { nonce, hash: event.hash });
    }
    seen.set(author, { point, forked: false, faulty: own.faulty || isFault });
    return { known: seen, conformance: isFault ? violation(event, result) : conforms };
  }

  #standingsAt(author: string, point: Point | undefined): Standings {
    const known =
      point === undefined ? undefined : this.#standings.get(point.line)?.get(point.nonce);
    return (
      known ??
      new Map(this.#types.of(author).map(({ role, script }) => [role, this.#beginning(script)]))
    );
  }

  #beginning(script: Script): Standing {
    return { places: [placeOf(start(script, this.#options.session), 0)] };
  }

  /** Where the author stands once it has written the event; or what is wrong with that. */
  #follow(event: SignedEvent, before: Standings, seen: Seen, own: Mark): Standings | Fault {
    if (event.step === openedStep) return openingFault(event) ?? before;
    const record = this.#recordOf(event);
    if (record !== undefined) {
      return "code" in record ? record : this.#end(event, record.role, before, seen);
    }
    const label = event.step.split(".", 1)[0] ?? "";
    const writers = this.#types
      .of(event.author)
      .map((type) => ({ type, nodes: type.writes.get(label) ?? [] }))
      .filter(({ nodes }) => nodes.length > 0);
    if (writers.length === 0) {
      if (!this.#types.isWhole(event.author)) return before;
      const what = `${event.author} plays no role that writes this step`;
      return { code: "NotItsStep", what };
    }
    const malformed = this.#malformed(
      event,
      label,
      writers.flatMap(({ nodes }) => nodes),
    );
    if (malformed !== undefined) return malformed;
    const earlier = inSlot(own.point, slotKey(event.step, event.iteration));
    if (earlier !== undefined) {
      const what = "it fills a slot that an earlier event of its author has filled";
      return { code: "Twice", what, contradicts: [earlier] };
    }
    const steps = writers.map(({ type }) => {
      const standing = before.get(type.role) ?? this.#beginning(type.script);
      return { role: type.role, next: this.#step(event, standing, seen) };
    });
    const taken = steps.flatMap(({ role, next }) =>
      "code" in next ? [] : [[role, next] as const],
    );
    const [first] = steps;
    if (taken.length === 0 && first !== undefined && "code" in first.next) return first.next;
    // One label, written by two roles of one device: nobody can tell which it was.
    const after =
      taken.length === 1 ? taken : taken.map(([role]) => [role, { places: undefined }] as const);
    return new Map([...before, ...after]);
  }

  #step(event: SignedEvent, standing: Standing, seen: Seen): Standing | Fault {
    if (standing.ended !== undefined) return afterEnd(standing.ended);
    if (standing.places === undefined) return standing;
    const { session } = this.#options;
    const world = worldOf({ session, seen, author: event.author, types: this.#types });
    const { places, isCut } = reach(standing.places, world);
    if (isCut) return { places: undefined };
    const isIt = (write: WriteInstruction, since: number) =>
      isWriteOf(write, event) && since <= event.epoch;
    const after = written(places, isIt, event.epoch);
    if (after.length > 0) return { places: after };
    return explain({ event, from: standing.places, world, isWriteOf });
  }

  /** The role that the event says has ended; `undefined` where it is no such record. */
  #recordOf(event: SignedEvent): { readonly role: string } | Fault | undefined {
    const { step, iteration, author } = event;
    const [kind, ...rest] = step.split(".");
    const role = rest.join(".");
    if (step !== completedStep(role) && step !== abortedStep(role)) return undefined;
    if (!this.#types.rolesOf(author).includes(role)) {
      return {
        code: "NotItsStep",
        what: `${author} does not play the role that this record is of`,
      };
    }
    const script = this.#types.of(author).find((type) => type.role === role)?.script;
    const type = kind === "completed" ? SessionCompleted : script?.abort;
    if (type === undefined) return { role };
    if (event.type !== type.name) {
      return { code: "WrongEvent", what: `it is a ${event.type}, not a ${type.name}` };
    }
    const valid = validatePayload(type, event.payload);
    if ("issue" in valid) return { code: "MalformedPayload", what: valid.issue };
    if (iteration > 0) {
      return {
        code: "TooManyTurns",
        what: "a role ends once, and this is its record of a later turn",
      };
    }
    return { role };
  }

  /**
   * A role can give up at any time before it is done. It is done when its script is; that can come
   * after it has given up, where all that it waited for was there after all.
   */
  #end(event: SignedEvent, role: string, before: Standings, seen: Seen): Standings | Fault {
    const standing = before.get(role);
    if (standing === undefined) return before;
    const ended = { ...standing, ended: event.hash };
    const { author, step, hash } = event;
    const own = seen.get(author) ?? unseen;
    const done = inSlot(own.point, slotKey(completedStep(role), 0));
    const earlier = done ?? inSlot(own.point, slotKey(step, 0));
    if (earlier !== undefined) return afterEnd(earlier);
    if (step === abortedStep(role) || standing.places === undefined) {
      return new Map([...before, [role, { ...standing, ended: hash }]]);
    }
    const { session } = this.#options;
    const world = worldOf({ session, seen, author, types: this.#types });
    const { places, isCut } = reach(standing.places, world);
    const isDone = places.some(
      ({ step: at, since }) => at.instruction.kind === "Return" && since <= event.epoch,
    );
    if (isDone || isCut) return new Map([...before, [role, ended]]);
    return explain({ event, from: standing.places, world, isWriteOf });
  }

  #malformed(event: SignedEvent, label: string, nodes: readonly WriteNode[]): Fault | undefined {
    const { cast } = this.#options.session;
    const typed = nodes.filter((node) => node.event.name === event.type);
    if (typed.length === 0) {
      const names = [...new Set(nodes.map((node) => node.event.name))].join(" or a ");
      return { code: "WrongEvent", what: `it is a ${event.type}, not a ${names}` };
    }
    const meant = typed.filter(({ toEach }) =>
      toEach === undefined
        ? event.step === label
        : membersOf(cast, toEach).some((to) => event.step === addressedStep(label, to)),
    );
    if (meant.length === 0) {
      const what = "it is not for a device that the step is sent to";
      return { code: "WrongReceiver", what };
    }
    const validity = meant.map((node) => {
      const type = node.sealedTo === undefined ? node.event : sealedEvent(node.event);
      return validatePayload(type, event.payload);
    });
    if (validity.some((each) => "value" in each)) return undefined;
    const [issue] = validity.flatMap((each) => ("issue" in each ? [each.issue] : []));
    return { code: "MalformedPayload", what: issue ?? "its schema refuses it" };
  }
}

/** What keeps an event from following its author's last one; else `undefined`. */
function misplacement({ point, forked }: Mark, nonce: number): Fault | undefined {
  if (forked)
    return { code: "Forked", what: "it follows two events with one number of its author" };
  const next = point === undefined ? 0 : point.nonce + 1;
  if (nonce === next) return undefined;
  if (nonce < next) return { code: "Forked", what: "it uses the number of an earlier event again" };
  return { code: "OutOfOrder", what: "its author's event before it is not in its past" };
}

function afterEnd(ended: string): Fault {
  const what = "its author has written before that the role has ended";
  return { code: "AfterEnd", what, contradicts: [ended] };
}

function isWriteOf(write: WriteInstruction, { step, iteration, type }: SignedEvent): boolean {
  const { label, to, event } = write;
  const place = to === undefined ? label : addressedStep(label, to);
  return place === step && write.iteration === iteration && event.name === type;
}

function violation(event: SignedEvent, { code, what, contradicts = [] }: Fault): Conformance {
  const { author: device, step, iteration, hash } = event;
  const evidence = [hash, ...contradicts];
  const said = { code, rule: rules[code], device, step, iteration, what, evidence };
  return Object.freeze({ status: "violates", violation: Object.freeze(said) });
}

/** Anyone who plays in a session can say what it is; to say what it is not is a fault. */
function openingFault(event: SignedEvent): Fault | undefined {
  if (readRecord(event).kind === "opened") return undefined;
  return { code: "MalformedPayload", what: "it describes another session than the one it is in" };
}
