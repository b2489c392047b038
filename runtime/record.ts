/** The session records that the context writes itself: how each role of each device ended. */
import * as v from "valibot";
import { event } from "../dsl/index.ts";
import type { AbortPayload, Blame, ProtocolError } from "../dsl/index.ts";
import type { SignedEvent } from "./ledger/envelope.ts";
import { type Session, readOrigin } from "./session.ts";

const text = v.pipe(v.string(), v.maxLength(200));
const blame = v.strictObject({ device: text, reason: text, evidence: v.array(text) });

/** A role ran its script to the end. */
export const SessionCompleted = event(
  "SessionCompleted",
  v.strictObject({ role: text, blamed: v.pipe(v.array(blame), v.maxLength(64)) }),
  "device",
);

const originShape = v.strictObject({
  kind: v.picklist(["opened", "called"]),
  bytes: v.instance(Uint8Array),
});

/** What a session is: whoever has the record can check the session's id against it. */
export const SessionOpened = event("SessionOpened", originShape, "device");

/** All wait until an epoch; a choreography may write it at any of its steps. */
export const StartCooldown = event(
  "StartCooldown",
  v.strictObject({ until: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) }),
  "device",
);

/** Step under which devices say what the session is. */
export const openedStep = "opened";

/** Step under which a role says that it is done; labels of choreographies start with a capital. */
export function completedStep(role: string): string {
  return `completed.${role}`;
}

/** Step under which a role says that it gave up. */
export function abortedStep(role: string): string {
  return `aborted.${role}`;
}

const blaming = v.object({ blamed: v.array(blame) });

/** Whom a record blames; nobody where it is none. */
export function blamesOf(payload: unknown): readonly Blame[] {
  return v.is(blaming, payload) ? payload.blamed : [];
}

const longestReason = 200;
const mostBlamed = 64;

/** What the ledger is told of a failure. Errors hold no secrets, and neither do their codes. */
export function abortPayload(error: ProtocolError, blamed: readonly Blame[]): AbortPayload {
  return {
    reason: `${error.code}: ${error.what}`.slice(0, longestReason),
    blamed: plainBlames([...error.blamed, ...blamed]),
  };
}

/** Each blame once, as plain data. */
export function plainBlames(blamed: readonly Blame[]): Blame[] {
  const byKey = new Map(blamed.map((entry) => [`${entry.device} ${entry.reason}`, entry]));
  return [...byKey.values()].slice(0, mostBlamed).map(({ device, reason, evidence }) => ({
    device,
    reason: reason.slice(0, longestReason),
    evidence: [...evidence],
  }));
}

/** A session, as those read it who were not there when it was opened. */
export type OpenedSession = Omit<Session, "account" | "origin">;

/** What an event says of its session as a whole. */
export type SessionRecord =
  | { readonly kind: "opened"; readonly session: OpenedSession }
  | { readonly kind: "completed"; readonly role: string }
  | { readonly kind: "aborted"; readonly reason: string; readonly blamed: readonly Blame[] }
  | { readonly kind: "cooldown"; readonly until: number }
  /** A step of the protocol. */
  | { readonly kind: "step" }
  /** Stands where a record does, and is none. */
  | { readonly kind: "malformed" };

const completedShape = v.strictObject({ role: text, blamed: v.array(blame) });
const abortedShape = v.strictObject({ reason: text, blamed: v.array(blame) });
const cooldownShape = v.strictObject({ until: v.number() });

export function readRecord({ session, step, type, payload }: SignedEvent): SessionRecord {
  if (type === StartCooldown.name) {
    return v.is(cooldownShape, payload) ? { kind: "cooldown", until: payload.until } : MALFORMED;
  }
  // Most events are steps, and labels have no dots.
  if (step !== openedStep && !step.includes(".")) return STEP;
  const [kind, ...role] = step.split(".");
  if (kind === openedStep) {
    const opened = v.is(originShape, payload) ? readOrigin(payload) : undefined;
    return opened?.id === session ? { kind: "opened", session: opened } : MALFORMED;
  }
  if (kind === "completed" && role.length > 0) {
    const isOfRole = v.is(completedShape, payload) && payload.role === role.join(".");
    return isOfRole && type === SessionCompleted.name
      ? { kind: "completed", role: payload.role }
      : MALFORMED;
  }
  if (kind === "aborted" && role.length > 0) {
    return v.is(abortedShape, payload) ? { kind: "aborted", ...payload } : MALFORMED;
  }
  return STEP;
}

const STEP = Object.freeze({ kind: "step" } as const);
const MALFORMED = Object.freeze({ kind: "malformed" } as const);
