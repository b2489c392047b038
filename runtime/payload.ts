/** Payloads, checked by the schema of their event's declaration, on writing and on reading. */
import type { AnyEvent } from "../dsl/index.ts";

/** The payload, or what is wrong with it. */
export type Validation = { readonly value: unknown } | { readonly issue: string };

const longestIssue = 200;

/** Checks `payload` by the schema of `event`. Schemas must be synchronous. */
export function validatePayload(event: AnyEvent, payload: unknown): Validation {
  const result = event.schema["~standard"].validate(payload);
  if (result instanceof Promise) return { issue: "its schema is asynchronous" };
  if (result.issues === undefined) return { value: result.value };
  const [issue] = result.issues;
  return { issue: (issue?.message ?? "its schema refuses it").slice(0, longestIssue) };
}
