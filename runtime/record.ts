/** The session records that the context writes itself: how each role of each device ended. */
import * as v from "valibot";
import { event } from "../dsl/index.ts";
import type { AbortPayload, Blame, ProtocolError } from "../dsl/index.ts";

const text = v.pipe(v.string(), v.maxLength(200));
const blame = v.strictObject({ device: text, reason: text, evidence: v.array(text) });

/** A role ran its script to the end. */
export const SessionCompleted = event(
  "SessionCompleted",
  v.strictObject({ role: text, blamed: v.pipe(v.array(blame), v.maxLength(64)) }),
  "device",
);

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
