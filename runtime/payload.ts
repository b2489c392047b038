/** Payloads, checked by the schema of their event's declaration, on writing and on reading. */
import { ProtocolError } from "../dsl/index.ts";
import type { AnyEvent, ErrorPlace, SchemaIssue } from "../dsl/index.ts";

/** The payload, or what is wrong with it. */
export type Validation = { readonly value: unknown } | { readonly issue: string };

const longestField = 100;

/**
 * Checks `payload` by the schema of `event`. Schemas must be synchronous. An issue names the field
 * and does not quote the schema: validators repeat the value in their messages, and an error's text
 * goes to the ledger with the abort, where what was to be sealed must not appear.
 */
export function validatePayload(event: AnyEvent, payload: unknown): Validation {
  const result = event.schema["~standard"].validate(payload);
  if (result instanceof Promise) return { issue: "its schema is asynchronous" };
  if (result.issues === undefined) return { value: result.value };
  const field = fieldOf(result.issues[0]);
  return {
    issue: field === "" ? "its schema refuses it" : `its schema refuses the field '${field}'`,
  };
}

/**
 * The payload as its schema has it.
 *
 * @throws ProtocolError `InvalidInput` where it is not the event's
 */
export function checkedPayload(event: AnyEvent, payload: unknown, where: ErrorPlace): unknown {
  const valid = validatePayload(event, payload);
  if ("value" in valid) return valid.value;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `the payload is not that of ${event.name}: ${valid.issue}`,
    todo: "Return what the event's schema asks for",
    where,
  });
}

function fieldOf(issue: SchemaIssue | undefined): string {
  const path = issue?.path ?? [];
  const keys = path.map((part) => String(typeof part === "object" ? part.key : part));
  return keys.join(".").slice(0, longestField);
}
