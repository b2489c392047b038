/** What messages carry. */
import type { ExternalType, Name } from "./syntax.ts";

/** A type that TypeScript has too. */
export type PlainType = "number" | "integer" | "string" | "boolean" | "bytes";

/** A type of a value in a payload. */
export type ValueType =
  | { readonly kind: "plain"; readonly plain: PlainType }
  /** Nothing is known of it but its name. */
  | { readonly kind: "opaque"; readonly name: string; readonly external?: string }
  | { readonly kind: "list"; readonly of: ValueType };

interface PayloadValue {
  readonly name?: string;
  readonly type: ValueType;
}

/** The values of a message, in order. */
export type Payload = readonly PayloadValue[];

const plainTypes: ReadonlyMap<string, PlainType> = new Map([
  ...["int", "integer", "long", "short", "nat", "uint", "int32", "int64", "bigint"].map(
    (name) => [name, "integer"] as const,
  ),
  ...["number", "float", "double", "decimal", "real", "float64"].map(
    (name) => [name, "number"] as const,
  ),
  ...["string", "str", "text"].map((name) => [name, "string"] as const),
  ...["bool", "boolean"].map((name) => [name, "boolean"] as const),
  ...["bytes", "uint8array", "bytearray"].map((name) => [name, "bytes"] as const),
]);

const unitTypes = new Set(["unit", "void", "none", "nonetype"]);

/** The type that `name` stands for; `undefined` for one that has a single value. */
export function valueTypeOf(
  name: string,
  bound: ReadonlyMap<string, ValueType | undefined>,
  externals: ReadonlyMap<string, ExternalType>,
): ValueType | undefined {
  if (name === "byte[]") return { kind: "plain", plain: "bytes" };
  if (name.endsWith("[]")) {
    const of = valueTypeOf(name.slice(0, -"[]".length), bound, externals);
    return of === undefined ? undefined : { kind: "list", of };
  }
  if (bound.has(name)) return bound.get(name);
  const external = externals.get(name)?.external;
  for (const candidate of [external, name]) {
    const word = candidate?.slice(candidate.lastIndexOf(".") + 1).toLowerCase() ?? "";
    const plain = plainTypes.get(word);
    if (plain !== undefined) return { kind: "plain", plain };
    if (unitTypes.has(word)) return undefined;
  }
  return { kind: "opaque", name, ...(external === undefined ? {} : { external }) };
}

/** The external types of a file, by the name that it gives them. */
export function byAlias(externals: readonly ExternalType[]): ReadonlyMap<string, ExternalType> {
  return new Map(externals.map((external) => [external.alias.text, external]));
}

/** Equal for payloads of the same values. */
export function payloadKey(payload: Payload): string {
  return JSON.stringify(payload);
}

/** A payload value named `name`, of type `type`; nothing for a type with a single value. */
export function payloadValue(
  name: string | undefined,
  type: Name,
  typeOf: (name: string) => ValueType | undefined,
): Payload {
  const known = typeOf(type.text);
  if (known === undefined) return [];
  return [name === undefined ? { type: known } : { name, type: known }];
}
