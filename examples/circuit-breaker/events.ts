/** What is said around a circuit breaker. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload } from "../../protocols/payload.ts";

const text = v.pipe(v.string(), v.maxLength(200));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export interface AskService {
  readonly question: string;
}

export const AskService: EventType<"AskService", AskService> = event(
  "AskService",
  v.strictObject({ question: text }),
  "device",
);

export interface AnswerCall {
  readonly answer: string;
}

export const AnswerCall: EventType<"AnswerCall", AnswerCall> = event(
  "AnswerCall",
  v.strictObject({ answer: text }),
  "device",
);

/** A call failed, and the circuit stays closed: so many have failed in this session. */
export interface ReportFault {
  readonly failures: number;
}

export const ReportFault: EventType<"ReportFault", ReportFault> = event(
  "ReportFault",
  v.strictObject({ failures: count }),
  "device",
);

export interface OpenCircuit {
  readonly failures: number;
}

export const OpenCircuit: EventType<"OpenCircuit", OpenCircuit> = event(
  "OpenCircuit",
  v.strictObject({ failures: count }),
  "device",
);

export interface QuitCalls {
  readonly calls: number;
}

export const QuitCalls: EventType<"QuitCalls", QuitCalls> = event(
  "QuitCalls",
  v.strictObject({ calls: count }),
  "device",
);

export const AbortCircuit: EventType<"AbortCircuit", AbortPayload> = event(
  "AbortCircuit",
  abortPayload,
  "device",
);
