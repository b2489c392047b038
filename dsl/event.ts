/** Ledger events: every communication of a choreography is one of these, signed by its author. */

import type { Blame } from "./errors.ts";

/**
 * A payload codec: any validator that implements Standard Schema 1
 * (https://standardschema.dev), such as Valibot's, Zod's or ArkType's. Validation must be
 * synchronous. The payload itself travels as canonical CBOR.
 */
export interface PayloadSchema<out Payload> {
  readonly "~standard": StandardSchema<Payload, string>;
}

/** What a validator of the standard offers. One interface, so that schemas compare by its arguments. */
export interface StandardSchema<out Payload, out Vendor extends string> {
  readonly version: 1;
  readonly vendor: Vendor;
  readonly validate: (value: unknown) => SchemaResult<Payload> | Promise<SchemaResult<Payload>>;
  readonly types?: { readonly input: unknown; readonly output: Payload } | undefined;
}

/** What a Standard Schema validator answers: the value, or the issues found in it. */
export type SchemaResult<Payload> =
  | { readonly value: Payload; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] };

/** One issue: what is wrong, and where in the value. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Who may author an event: a device of the account, by its own certificate. */
export type Authorization = "device";

export interface EventType<Name extends string, Payload> {
  readonly kind: "event";
  readonly name: Name;
  readonly schema: PayloadSchema<Payload>;
  readonly authorization: Authorization;
}

/** Any event type. */
export type AnyEvent = EventType<string, unknown>;

/** What an abort says: why, and who is to blame with which events as evidence. */
export interface AbortPayload {
  readonly reason: string;
  readonly blamed: readonly Blame[];
}

/** The event that a device writes when it gives a session up. */
export type AbortEvent = EventType<string, AbortPayload>;

/** The payload of an event that says nothing but its name. */
export interface NoPayload {
  readonly [field: string]: never;
}

/** The payload that an event type carries. */
export type PayloadOf<E extends AnyEvent> =
  E extends EventType<string, infer Payload> ? Payload : never;

/**
 * Declares a ledger event.
 *
 * @param name the event's type on the ledger, unique in the account
 * @param schema validates the payload, on writing and on reading
 * @param authorization who may author it
 */
export function event<const Name extends string, Payload>(
  name: Name,
  schema: PayloadSchema<Payload>,
  authorization: Authorization,
): EventType<Name, Payload> {
  return Object.freeze({ kind: "event", name, schema, authorization });
}
