/**
 * Schemas of payloads, and of whatever else comes from outside. Valibot checks; the types are our
 * own and few, so that declaring an event costs the compiler next to nothing, and a field that does
 * not fit its interface is refused on its own line.
 */
import * as v from "valibot";
import { ProtocolError } from "../dsl/index.ts";
import type {
  AbortPayload,
  Blame,
  NoPayload,
  PayloadSchema,
  StandardSchema,
} from "../dsl/index.ts";

/**
 * A schema that can stand in another: one that is made here, or any synchronous one of Valibot's. An
 * event takes those of other libraries, too.
 */
export interface Schema<out Value> extends PayloadSchema<Value> {
  readonly async: false;
  readonly "~standard": StandardSchema<Value, "valibot">;
}

/** A schema for each field; one that may be missing is {@link optional}. */
export type Fields<Value> = { readonly [Name in keyof Value]-?: Schema<Value[Name]> };

export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** Longest text, and what all of it must look like. */
export interface TextLimits {
  readonly max?: number;
  readonly matches?: RegExp;
}

/**
 * These fields and no others.
 *
 * @example
 * ```ts run
 * import { event } from "aura-choreography/dsl";
 * import { integer, list, record, text } from "aura-choreography/runtime/schema";
 *
 * interface Order {
 *   readonly title: string;
 *   readonly copies: number;
 *   readonly gifts: readonly string[];
 * }
 *
 * const Order = event(
 *   "Order",
 *   record<Order>({ title: text({ max: 200 }), copies: integer({ min: 1 }), gifts: list(text()) }),
 *   "device",
 * );
 * ```
 */
export function record<Value>(fields: Fields<Value>): Schema<Value>;
export function record(fields: Readonly<Record<string, Schema<unknown>>>): Schema<unknown> {
  const entries = Object.entries(fields).map(([name, field]) => [name, valibot(field)]);
  return v.strictObject(Object.fromEntries(entries));
}

/** At most `max` items. */
export function list<Item>(
  item: Schema<Item>,
  { max = Infinity }: Pick<Range, "max"> = {},
): Schema<readonly Item[]> {
  return v.pipe(v.array(valibot(item)), v.maxLength(max));
}

/** Fields of any name. */
export function table<Value>(value: Schema<Value>): Schema<Readonly<Record<string, Value>>> {
  return v.record(v.string(), valibot(value));
}

export function optional<Value>(value: Schema<Value>): Schema<Value | undefined> {
  return v.optional(valibot(value));
}

export function nullable<Value>(value: Schema<Value>): Schema<Value | null> {
  return v.nullable(valibot(value));
}

/** Those values of a schema that hold; `otherwise` says what is wrong with the others. */
export function where<Value>(
  value: Schema<Value>,
  holds: (value: Value) => boolean,
  otherwise: string,
): Schema<Value> {
  return v.pipe(valibot(value), v.check(holds, otherwise));
}

export function text({ max = Infinity, matches = /^/ }: TextLimits = {}): Schema<string> {
  // A search begins at the start each time: a test with the flag `g` goes on where the last one ended.
  const isMatching = (value: string): boolean => value.search(matches) >= 0;
  return v.pipe(v.string(), v.maxLength(max), v.check(isMatching, `does not match ${matches}`));
}

export function number({ min = -Infinity, max = Infinity }: Range = {}): Schema<number> {
  return v.pipe(v.number(), v.minValue(min), v.maxValue(max));
}

/** A whole number that is exact. */
export function integer({ min = -Infinity, max = Infinity }: Range = {}): Schema<number> {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max));
}

export function boolean(): Schema<boolean> {
  return v.boolean();
}

/** One of these values. */
export function oneOf<const Values extends readonly (string | number)[]>(
  ...values: Values
): Schema<Values[number]> {
  return v.picklist(values);
}

/** Exactly so many bytes, or a number of them within a range. */
export function bytes(length: number | Range = {}): Schema<Uint8Array> {
  const { min = 0, max = Infinity } =
    typeof length === "number" ? { min: length, max: length } : length;
  return v.pipe(
    v.custom<Uint8Array>((value) => value instanceof Uint8Array, "not bytes"),
    v.minLength(min),
    v.maxLength(max),
  );
}

/** Whatever an event can carry. */
export function anything(): Schema<unknown> {
  return v.unknown();
}

/** What an event says by its name alone; a payload with anything in it is of another type. */
export const nothing: Schema<NoPayload> = record<NoPayload>({});

/** A device id, as in the account's roster. */
export const deviceId: Schema<string> = text({ matches: /^[a-z0-9][a-z0-9-]{0,31}$/ });

const reason = text({ max: 200 });
const hash = text({ matches: /^[0-9a-f]{64}$/ });

/** What a device says when it gives a session up. */
export const abortPayload: Schema<AbortPayload> = record<AbortPayload>({
  reason,
  blamed: list(record<Blame>({ device: deviceId, reason, evidence: list(hash, { max: 64 }) }), {
    max: 64,
  }),
});

/** Whether a value from outside is of the schema. */
export function fits<Value>(schema: Schema<Value>, value: unknown): value is Value {
  return v.is(valibot(schema), value);
}

/**
 * The schema as Valibot runs it. That it is Valibot's is in its type, and a caller that was not
 * type-checked is told.
 */
function valibot<Value>(schema: Schema<Value>): v.GenericSchema<unknown, Value> {
  if (isValibots(schema)) return schema;
  throw new ProtocolError({
    code: "InvalidDeclaration",
    what: "a schema inside another is not Valibot's",
    todo: "make it with aura-choreography/runtime/schema, or give it to the event as a whole",
  });
}

function isValibots<Value>(
  schema: Schema<Value>,
): schema is Schema<Value> & v.GenericSchema<unknown, Value> {
  return "~run" in schema;
}
