/**
 * Evidence against a device: the events that it signed, and what else a stranger needs to see the
 * fault. It is plain data with a canonical encoding. Whoever has the account's roster, and for an
 * order of steps the scripts of the protocol, can check it without trust in whoever brings it.
 */
import * as v from "valibot";
import { encode, readCbor } from "../ledger/cbor.ts";
import type { CborFault } from "../ledger/cbor.ts";
import { EVENT_LIMITS } from "../ledger/envelope.ts";
import type { SignedEvent } from "../ledger/envelope.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Session, SessionOrigin } from "../session.ts";
import type { ScriptsByRole } from "./local-types.ts";
import { SessionMonitor } from "./monitor.ts";
import { rules } from "./rules.ts";
import type { Rule } from "./rules.ts";
import { slotKey } from "./seen.ts";

const MAX_PAST = 4096;
const limits = Object.freeze({ maxBytes: 4 * 1024 * 1024, maxDepth: 4 });

const anyBytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array, "not bytes");
const bytes = v.pipe(
  anyBytes,
  v.check(({ length }) => length <= EVENT_LIMITS.maxBytes, "longer than an event"),
);
const version = v.literal(1);
const isRule = (name: unknown): boolean => typeof name === "string" && Object.hasOwn(rules, name);

/** Two contents for one slot, or two events of one number. */
interface Contradiction {
  readonly version: 1;
  readonly kind: "equivocation" | "fork";
  readonly events: readonly [Uint8Array, Uint8Array];
}

/** An event that breaks a rule, and its whole causal past: that something is not in it shows too. */
interface Disorder {
  readonly version: 1;
  readonly kind: "order";
  readonly code: Rule;
  readonly origin: SessionOrigin;
  readonly event: Uint8Array;
  readonly past: readonly Uint8Array[];
}

export type Evidence = Contradiction | Disorder;

const shape: v.GenericSchema<unknown, Evidence> = v.variant("kind", [
  v.strictObject({
    version,
    kind: v.picklist(["equivocation", "fork"]),
    events: v.strictTuple([bytes, bytes]),
  }),
  v.strictObject({
    version,
    kind: v.literal("order"),
    code: v.custom<Rule>(isRule, "no rule"),
    origin: v.strictObject({
      kind: v.picklist(["opened", "called"]),
      bytes: anyBytes,
    }),
    event: bytes,
    past: v.pipe(v.array(bytes), v.maxLength(MAX_PAST)),
  }),
]);

export type EvidenceReading =
  | { readonly ok: true; readonly evidence: Evidence }
  | { readonly ok: false; readonly fault: CborFault; readonly detail: string };

/**
 * The canonical bytes of evidence, to be kept or handed on.
 *
 * @throws ProtocolError `InvalidInput` for something that has none
 */
export function writeEvidence(evidence: Evidence): Uint8Array {
  return encode(evidence);
}

/** Reads evidence field by field. Says nothing about whether it proves anything. */
export function readEvidence(input: Uint8Array): EvidenceReading {
  const reading = readCbor(input, limits);
  if (!reading.ok) return reading;
  const parsed = v.safeParse(shape, reading.value, { abortEarly: true });
  if (parsed.success) return { ok: true, evidence: parsed.output };
  const [issue] = parsed.issues;
  const detail = `${v.getDotPath(issue) ?? "evidence"}: ${issue.message}`;
  return { ok: false, fault: "Malformed", detail };
}

/**
 * All that the ledger proves against anyone in a session. An event whose past is longer than
 * evidence can be is left out.
 */
export function evidenceOn(
  ledger: Ledger,
  session: Session,
  scripts: ScriptsByRole,
): readonly Evidence[] {
  const events = ledger.events({ session: session.id });
  const slots = new Map(
    events.map((event) => [`${event.author} ${slotKey(event.step, event.iteration)}`, event]),
  );
  const contradictions = [
    ...[...slots.values()].map((slot) => ["equivocation", ledger.equivocation(slot)] as const),
    ...ledger.forks(session.id).map(({ hashes }) => ["fork", hashes.slice(0, 2)] as const),
  ];
  const pairs = contradictions.flatMap(([kind, hashes]): readonly Evidence[] => {
    const [first, second] = hashes.flatMap((hash) => ledger.get(hash) ?? []);
    if (first === undefined || second === undefined) return [];
    return [{ version: 1, kind, events: [first.bytes, second.bytes] }];
  });
  const monitor = new SessionMonitor({ session, scripts, get: (hash) => ledger.get(hash) });
  const orders = events.flatMap((event): readonly Evidence[] => {
    const verdict = monitor.judge(event);
    if (verdict.status !== "violates") return [];
    const past = pastOf(event, (hash) => ledger.get(hash));
    if (past === undefined || past.length > MAX_PAST) return [];
    const { origin } = session;
    const { code } = verdict.violation;
    const said = { event: event.bytes, past: past.map((each) => each.bytes) };
    return [{ version: 1, kind: "order", code, origin, ...said }];
  });
  return [...pairs, ...orders];
}

/** All events that this one followed, in ascending order of hash; `undefined` with a gap. */
export function pastOf(
  event: SignedEvent,
  get: (hash: string) => SignedEvent | undefined,
): readonly SignedEvent[] | undefined {
  const past = new Map<string, SignedEvent>();
  const open = [...event.parents];
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    if (past.has(hash)) continue;
    const parent = get(hash);
    if (parent === undefined) return undefined;
    past.set(hash, parent);
    open.push(...parent.parents);
  }
  return [...past.values()].sort((a, b) => (a.hash < b.hash ? -1 : 1));
}
