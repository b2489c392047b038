/** What is said around a circuit breaker. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload } from "../../protocols/payload.ts";

const text = v.pipe(v.string(), v.maxLength(200));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const AskService = event("AskService", v.strictObject({ question: text }), "device");

export const AnswerCall = event("AnswerCall", v.strictObject({ answer: text }), "device");

/** A call failed, and the circuit stays closed: so many have failed in this session. */
export const ReportFault = event("ReportFault", v.strictObject({ failures: count }), "device");

export const OpenCircuit = event("OpenCircuit", v.strictObject({ failures: count }), "device");

export const QuitCalls = event("QuitCalls", v.strictObject({ calls: count }), "device");

export const AbortCircuit = event("AbortCircuit", abortPayload, "device");
