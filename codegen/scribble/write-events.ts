/** Writes the payload types, events and questions of an imported choreography. */
import type { DeclaredChoice, DeclaredEvent } from "./author-names.ts";
import { usedTypes } from "./author-names.ts";
import { capitalized, labelFrom, nameGiver, uncapitalized } from "./names.ts";
import type { NameGiver } from "./names.ts";
import type { Payload, PlainType, ValueType } from "./payload.ts";
import type { ImportedChoreography } from "./read-scribble.ts";
import { fits } from "./write-chain.ts";

/** A type in TypeScript, and the schema that checks its values. */
interface Written {
  readonly type: string;
  readonly schema: string;
}

const plain: Readonly<Record<PlainType, Written>> = {
  number: { type: "number", schema: "number()" },
  integer: { type: "number", schema: "integer()" },
  string: { type: "string", schema: "text()" },
  boolean: { type: "boolean", schema: "boolean()" },
  bytes: { type: "Uint8Array", schema: "bytes()" },
};

/** All declarations before the chain, in order; each is a paragraph of the file. */
export function writeDeclarations(imported: ImportedChoreography): readonly string[] {
  const { events, choices, global } = imported;
  const names = nameGiver([
    ...usedTypes,
    ...[imported.exportName, global.abort.text],
    ...events.map((event) => event.name),
  ]);
  const opaque = opaqueTypes(events, names);
  const payloads = writePayloads(events, opaque, names);
  return [
    ...[...opaque.values()].map((each) => each.declaration),
    ...payloads.flatMap(({ declaration }) => (declaration === undefined ? [] : [declaration])),
    ...events.map((event, index) => writeEvent(event.name, payloads[index]?.schema ?? "")),
    writeAbort(global.abort.text),
    ...writeAnswers(events, choices, payloads),
  ];
}

interface OpaqueType extends Written {
  readonly declaration: string;
}

function opaqueTypes(
  events: readonly DeclaredEvent[],
  names: NameGiver,
): ReadonlyMap<string, OpaqueType> {
  const values = events.flatMap(({ payload }) => payload.map(({ type }) => innermost(type)));
  const types = new Map<string, OpaqueType>();
  for (const value of values) {
    if (value.kind !== "opaque" || types.has(value.name)) continue;
    const wanted = labelFrom(value.name);
    // An event may be called like the type that it carries.
    const type = names.give(events.some(({ name }) => name === wanted) ? `${wanted}Value` : wanted);
    const schema = names.give(`${uncapitalized(type)}Schema`);
    const origin = value.external === undefined ? "" : `, ${JSON.stringify(value.external)}`;
    const declaration = [
      comment(`What Scribble calls ${value.name}${origin}: fill in its fields, and their schema.`),
      `export interface ${type} {`,
      "  readonly [field: string]: unknown;",
      "}",
      "",
      `export const ${schema} = table(anything());`,
    ].join("\n");
    types.set(value.name, { type, schema, declaration });
  }
  return types;
}

function innermost(type: ValueType): ValueType {
  return type.kind === "list" ? innermost(type.of) : type;
}

interface WrittenPayload extends Written {
  readonly declaration?: string;
}

/** Events whose payload is made by one function carry one type. */
function writePayloads(
  events: readonly DeclaredEvent[],
  opaque: ReadonlyMap<string, OpaqueType>,
  names: NameGiver,
): readonly WrittenPayload[] {
  const byAnswer = new Map<string, Written>();
  return events.map((event) => {
    const before = byAnswer.get(event.answer ?? "");
    if (before !== undefined) return before;
    const { declaration, ...written } = writePayload(event, opaque, names);
    if (event.answer !== undefined) byAnswer.set(event.answer, written);
    return declaration === undefined ? written : { ...written, declaration };
  });
}

/** One value without a name is the payload itself; others are its fields. */
function writePayload(
  { name, payload }: DeclaredEvent,
  opaque: ReadonlyMap<string, OpaqueType>,
  names: NameGiver,
): WrittenPayload {
  const [only, ...others] = payload;
  if (only === undefined) return { type: "object", schema: "nothing" };
  if (only.name === undefined && others.length === 0) return writeValue(only.type, opaque);
  const fields = fieldsOf(payload, opaque);
  const type = names.give(`${name}Payload`);
  const declaration = [
    comment(`What ${name} carries.`),
    `export interface ${type} {`,
    ...fields.map((field) => `  readonly ${field.name}: ${field.type};`),
    "}",
  ].join("\n");
  const schemas = fields.map((field) => `${field.name}: ${field.schema}`);
  return { type, schema: `record<${type}>({ ${schemas.join(", ")} })`, declaration };
}

function fieldsOf(
  payload: Payload,
  opaque: ReadonlyMap<string, OpaqueType>,
): readonly (Written & { readonly name: string })[] {
  const names = nameGiver(["constructor", "__proto__"]);
  return payload.map(({ name, type }, index) => {
    const word = (name ?? "").replaceAll(/[^A-Za-z0-9_]/g, "");
    const wanted = /^[A-Za-z_]/.test(word) ? word : `value${index + 1}`;
    return { name: names.give(wanted), ...writeValue(type, opaque) };
  });
}

function writeValue(type: ValueType, opaque: ReadonlyMap<string, OpaqueType>): Written {
  switch (type.kind) {
    case "plain":
      return plain[type.plain];
    case "opaque": {
      const known = opaque.get(type.name);
      if (known !== undefined) return { type: known.type, schema: known.schema };
      throw new TypeError(`the type ${type.name} has no declaration`);
    }
    case "list": {
      const item = writeValue(type.of, opaque);
      return {
        type: `readonly ${item.type.startsWith("readonly ") ? `(${item.type})` : item.type}[]`,
        schema: `list(${item.schema})`,
      };
    }
  }
}

/** The declaration of an event, on one line or with its schema's fields on a line each. */
function writeEvent(name: string, schema: string): string {
  const head = `export const ${name} = event(`;
  const line = `${head}"${name}", ${schema}, "device");`;
  if (fits(line)) return line;
  const arms = fits(`  ${schema},`) ? schema : openedObject(schema);
  return [head, `  "${name}",`, `  ${arms},`, `  "device",`, ");"].join("\n");
}

/** `record<Payload>({ a: …, b: … })` with a line for each field. */
function openedObject(schema: string): string {
  const [, opens, inner] = /^(record<\w+>\(\{) (.*) \}\)$/.exec(schema) ?? [];
  if (opens === undefined || inner === undefined) return schema;
  const fields = inner.split(/, (?=[A-Za-z_]\w*: )/);
  return [opens, ...fields.map((field) => `    ${field},`), "  })"].join("\n");
}

function writeAbort(name: string): string {
  return `/** What a device writes when it gives the session up. */
${writeEvent(name, "abortPayload")}`;
}

/** What the author fills in: a function for each payload that has values and for each choice. */
function writeAnswers(
  events: readonly DeclaredEvent[],
  choices: readonly DeclaredChoice[],
  payloads: readonly Written[],
): readonly string[] {
  const seen = new Set<string>();
  const payloadAnswers = events.flatMap(({ name, by, answer }, index) => {
    if (answer === undefined || seen.has(answer)) return [];
    seen.add(answer);
    return [
      `  ${comment(`What ${by} says as ${name}.`)}`,
      `  readonly ${answer}: () => ${payloads[index]?.type ?? "object"};`,
    ];
  });
  const choiceAnswers = choices.flatMap(({ answer, by, labels }) => [
    `  ${comment(`How ${by} goes on.`)}`,
    `  readonly ${answer}: () =>${union(answer, labels)};`,
  ]);
  const fields = [...payloadAnswers, ...choiceAnswers];
  if (fields.length === 0) return [];
  return [
    [
      "/** What each device brings: every function here is the author's to write. */",
      "export interface Answers {",
      ...fields,
      "}",
    ].join("\n"),
  ];
}

function union(answer: string, labels: readonly string[]): string {
  const names = [...new Set(labels)].map((label) => JSON.stringify(label));
  const line = ` ${names.join(" | ")}`;
  if (fits(`  readonly ${answer}: () =>${line};`)) return line;
  return names.map((name) => `\n    | ${name}`).join("");
}

/** A comment that nothing in `text` ends before its end. */
export function comment(text: string): string {
  const safe = text.replaceAll("*/", "* /").replaceAll(/\s+/g, " ");
  return `/** ${capitalized(safe)} */`;
}
