/** Whether evidence proves what it is brought for. */
import { equalBytes } from "../crypto/hash.ts";
import type { CborFault } from "../ledger/cbor.ts";
import { type SignedEvent, unsignedBytes } from "../ledger/envelope.ts";
import { MemoryLedger } from "../ledger/memory.ts";
import type { AccountRoster } from "../ledger/roster.ts";
import { readOrigin } from "../session.ts";
import { pastOf, readEvidence, writeEvidence } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";
import type { ScriptsByRole } from "./local-types.ts";
import { SessionMonitor } from "./monitor.ts";
import { rules } from "./rules.ts";

/** What the verifier has, and trusts. */
export interface Judging {
  readonly roster: AccountRoster;
  /** All scripts of the protocol. Only needed where the order of steps is judged. */
  readonly scripts?: ScriptsByRole;
}

export type EvidenceVerdict =
  /** `rule` is in plain words. */
  | {
      readonly status: "proved";
      readonly device: string;
      readonly code: string;
      readonly rule: string;
    }
  | { readonly status: "refused"; readonly reason: EvidenceRefusal; readonly detail: string };

/** Why evidence proves nothing. The union is closed. */
export type EvidenceRefusal =
  /** The bytes are no evidence. */
  | CborFault
  /** Something in it is no event of the account, or not signed by its author. */
  | "NotAdmitted"
  /** The events do not contradict each other, or break no rule, or another than is said. */
  | "NoFault"
  /** The scripts of the protocol are not here, or are those of another version. */
  | "NoScripts"
  /** The session is not the one that the events are of. */
  | "WrongSession"
  /** Something that the event followed is missing. */
  | "Incomplete"
  /** There is more in it than the event followed. */
  | "Irrelevant";

/** Checks evidence, from its bytes or as an object: whom it proves guilty, of what; or why not. */
export function verifyEvidence(input: Evidence | Uint8Array, judging: Judging): EvidenceVerdict {
  const reading = readEvidence(input instanceof Uint8Array ? input : writeEvidence(input));
  if (!reading.ok) return refused(reading.fault, reading.detail);
  const { evidence } = reading;
  return evidence.kind === "order" ? verifyOrder(evidence, judging) : verifyPair(evidence, judging);
}

type Pair = Extract<Evidence, { readonly kind: "equivocation" | "fork" }>;
type Order = Extract<Evidence, { readonly kind: "order" }>;

function verifyPair({ kind, events }: Pair, { roster }: Judging): EvidenceVerdict {
  const { ledger, admitted, refusal } = admit(events, roster);
  if (refusal !== undefined) return refusal;
  const [first, second] = admitted;
  if (first === undefined || second === undefined || first.hash === second.hash) {
    return refused("NoFault", "it is one event");
  }
  const { author: device, session } = first;
  if (kind === "equivocation") {
    if (ledger.equivocation(first).length === 0) {
      return refused("NoFault", "the events do not fill one slot with two contents");
    }
    return proved(device, "Equivocation", "a device fills a slot with one content");
  }
  // One body signed twice says one thing.
  if (
    ledger.forks(session).length === 0 ||
    equalBytes(unsignedBytes(first), unsignedBytes(second))
  ) {
    return refused("NoFault", "the events are not two with one number of one author");
  }
  return proved(device, "Forked", rules.Forked);
}

function verifyOrder(order: Order, { roster, scripts = {} }: Judging): EvidenceVerdict {
  const session = readOrigin(order.origin);
  if (session === undefined) return refused("WrongSession", "its origin is that of no session");
  const isKnown = Object.keys(session.cast).every((role) => {
    const script = Object.hasOwn(scripts, role) ? scripts[role] : undefined;
    return script?.digest === session.digest && script.protocol === session.protocol;
  });
  if (!isKnown) return refused("NoScripts", `of ${session.protocol}, ${session.digest}`);
  const { ledger, admitted, refusal } = admit([...order.past, order.event], roster);
  if (refusal !== undefined) return refusal;
  const event = admitted.at(-1);
  if (event === undefined || admitted.some((each) => each.session !== session.id)) {
    return refused("WrongSession", "an event is of another session than the origin says");
  }
  const past = pastOf(event, (hash) => ledger.get(hash));
  if (past === undefined) return refused("Incomplete", "not all that the event followed is in it");
  if (past.length !== order.past.length || past.includes(event)) {
    return refused("Irrelevant", "not all that is in it was followed by the event, each once");
  }
  const monitor = new SessionMonitor({ session, scripts, get: (hash) => ledger.get(hash) });
  const verdict = monitor.judge(event);
  if (verdict.status !== "violates") return refused("NoFault", "the event breaks no rule");
  const { code, device, rule } = verdict.violation;
  if (code !== order.code) return refused("NoFault", `the rule that is broken is ${code}`);
  return proved(device, code, rule);
}

/** The events, admitted as a replica of the account would. */
function admit(events: readonly Uint8Array[], roster: AccountRoster) {
  const ledger = new MemoryLedger(roster);
  const admitted: SignedEvent[] = [];
  for (const bytes of events) {
    const admission = ledger.append(bytes);
    if (admission.status === "quarantined") {
      return { ledger, admitted, refusal: refused("NotAdmitted", admission.reason) };
    }
    admitted.push(admission.event);
  }
  return { ledger, admitted };
}

function proved(device: string, code: string, rule: string): EvidenceVerdict {
  return Object.freeze({ status: "proved", device, code, rule });
}

function refused(reason: EvidenceRefusal, detail: string): EvidenceVerdict {
  return Object.freeze({ status: "refused", reason, detail });
}
