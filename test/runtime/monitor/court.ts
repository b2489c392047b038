/** A session between devices that sign by hand: what each event says of its order is up to a test. */
import { epochs } from "../../../dsl/index.ts";
import type { AnyEvent, Script, ScriptNode } from "../../../dsl/index.ts";
import { MemoryLedger } from "../../../runtime/index.ts";
import type { ScriptsByRole, Session, SessionCast } from "../../../runtime/index.ts";
import type { EventBody, SignedEvent } from "../../../runtime/ledger/envelope.ts";
import { SessionMonitor } from "../../../runtime/monitor/monitor.ts";
import type { Conformance } from "../../../runtime/monitor/rules.ts";
import { SessionCompleted, abortedStep, completedStep } from "../../../runtime/record.ts";
import { forge } from "../forge.ts";
import { GaveUp, Said, sessionOf } from "../scripts.ts";
import { makeDevice, stageOf } from "../stage.ts";

const { roster } = stageOf(5);

export interface Court {
  readonly session: Session;
  readonly scripts: ScriptsByRole;
  readonly ledger: MemoryLedger;
  /** Signs an event on top of all that the ledger holds, or of `parents`, and appends it. */
  readonly sign: (author: string, step: string, fields?: Fields) => SignedEvent;
  /** The record that a role is done, or that it has given up. */
  readonly done: (author: string, role: string, fields?: Fields) => SignedEvent;
  readonly gone: (author: string, role: string, fields?: Fields) => SignedEvent;
  /** `conforms`, `waiting`, or the code of the rule that is broken. */
  readonly verdict: (event: SignedEvent) => string;
  readonly judge: (event: SignedEvent) => Conformance;
}

type Fields = Partial<EventBody> & { readonly event?: AnyEvent };

export function courtOf(
  cast: SessionCast,
  scripts: readonly Script[],
  params: unknown = {},
): Court {
  const session = sessionOf(roster, cast, params);
  const ledger = new MemoryLedger(roster);
  const byRole = Object.fromEntries(scripts.map((script) => [script.role, script]));
  const get = (hash: string) => ledger.get(hash);
  const monitor = new SessionMonitor({ session, scripts: byRole, get });
  const sign: Court["sign"] = (author, step, { event = Said, ...fields } = {}) => {
    const nonce = ledger.nextNonce(author, session.id);
    const place = { nonce, parents: ledger.heads(session.id), ...fields };
    const signed = forge(makeDevice(author), session, step, event, { text: step }, place);
    ledger.append(signed.bytes);
    return signed;
  };
  const done: Court["done"] = (author, role, fields = {}) => {
    const payload = { role, blamed: [] };
    return sign(author, completedStep(role), { event: SessionCompleted, payload, ...fields });
  };
  const gone: Court["gone"] = (author, role, fields = {}) => {
    const payload = { reason: `${author} has left`, blamed: [] };
    return sign(author, abortedStep(role), { event: GaveUp, payload, ...fields });
  };
  const judge = (event: SignedEvent) => monitor.judge(event);
  const verdict = (event: SignedEvent): string => {
    const conformance = judge(event);
    return conformance.status === "violates" ? conformance.violation.code : conformance.status;
  };
  return { session, scripts: byRole, ledger, sign, done, gone, verdict, judge };
}

/** Waits for one event that can be absent, ten epochs. */
export function hearPerhaps(label: string, from: string): ScriptNode {
  const within = epochs(10);
  return { instruction: "AwaitEvent", label, from, event: Said, within, onTimeout: "absent" };
}

/** The same of events of `atLeast` authors. */
export function gatherPerhaps(label: string, from: string, atLeast: number): ScriptNode {
  const wait = { instruction: "AwaitThreshold", label, from, event: Said, atLeast } as const;
  return { ...wait, within: epochs(10), onTimeout: "absent" as const };
}

/** An event for each member of the family `toEach`. */
export function sayToEach(label: string, toEach: string): ScriptNode {
  const payload = () => ({ text: label });
  return { instruction: "WriteToLedger", label, event: Said, payload, toEach };
}

/** The one of them that is for this device. */
export function hearOwn(label: string, from: string): ScriptNode {
  return {
    instruction: "AwaitEvent",
    label,
    from,
    event: Said,
    within: epochs(10),
    addressed: true,
  };
}
