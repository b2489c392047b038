/** What is said around a circuit breaker. */
import { event } from "../../dsl/index.ts";
import { abortPayload, integer, record, text } from "../../runtime/schema.ts";

const line = text({ max: 200 });
const count = integer({ min: 0 });

export interface AskService {
  readonly question: string;
}

export const AskService = event("AskService", record<AskService>({ question: line }), "device");

export interface AnswerCall {
  readonly answer: string;
}

export const AnswerCall = event("AnswerCall", record<AnswerCall>({ answer: line }), "device");

/** A call failed, and the circuit stays closed: so many have failed in this session. */
export interface ReportFault {
  readonly failures: number;
}

export const ReportFault = event("ReportFault", record<ReportFault>({ failures: count }), "device");

export interface OpenCircuit {
  readonly failures: number;
}

export const OpenCircuit = event("OpenCircuit", record<OpenCircuit>({ failures: count }), "device");

export interface QuitCalls {
  readonly calls: number;
}

export const QuitCalls = event("QuitCalls", record<QuitCalls>({ calls: count }), "device");

export const AbortCircuit = event("AbortCircuit", abortPayload, "device");
