/** Layout of generated code: what fits on a line stands on one, as a person would write it. */

const maxLineLength = 100;

/** A value as it is written: code as it is, an object, or a list with a comment before each item. */
export type Written =
  | string
  | { readonly fields: readonly (readonly [name: string, value: Written])[] }
  | { readonly items: readonly WrittenItem[] };

interface WrittenItem {
  readonly comment: string;
  readonly value: Written;
}

/**
 * The text of `value` where its line is indented by `indent`, without that of its first line.
 *
 * @param taken how much of the first line is not the value's own: the name before it, the comma
 */
export function printValue(value: Written, indent: string, taken: number): string {
  const line = onOneLine(value);
  if (line !== undefined && indent.length + taken + line.length <= maxLineLength) return line;
  if (typeof value === "string") return indented(value, indent);
  const inner = `${indent}  `;
  if ("items" in value) {
    const lines = value.items.flatMap((item) => [
      `${inner}// ${item.comment}`,
      `${inner}${printValue(item.value, inner, 1)},`,
    ]);
    return ["[", ...lines, `${indent}]`].join("\n");
  }
  const lines = value.fields.map((field) => `${inner}${printField(field, inner)},`);
  return ["{", ...lines, `${indent}}`].join("\n");
}

function printField([name, value]: readonly [string, Written], indent: string): string {
  if (name === value) return name;
  return `${name}: ${printValue(value, indent, name.length + ": ,".length)}`;
}

/** `value` on one line; `undefined` where it is never written so. */
function onOneLine(value: Written): string | undefined {
  if (typeof value === "string") return value.includes("\n") ? undefined : value;
  if ("items" in value) return value.items.length === 0 ? "[]" : undefined;
  if (value.fields.length === 0) return "{}";
  const properties: string[] = [];
  for (const [name, each] of value.fields) {
    const line = onOneLine(each);
    if (line === undefined) return undefined;
    properties.push(name === line ? name : `${name}: ${line}`);
  }
  return `{ ${properties.join(", ")} }`;
}

/** `text` with `indent` before each of its lines but the first. */
export function indented(text: string, indent: string): string {
  return text.replaceAll("\n", `\n${indent}`);
}

/** `text` as a literal, in the quotes that need the fewest escapes. */
export function quoted(text: string): string {
  const double = JSON.stringify(text);
  if (text.split('"').length <= text.split("'").length) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** `import { a, b } from "m";`, with one name a line where it is too long. */
export function printImport(names: readonly string[], from: string, typeOnly: boolean): string {
  const keyword = typeOnly ? "import type " : "import ";
  const line = `${keyword}{ ${names.join(", ")} } from ${from};`;
  if (line.length <= maxLineLength) return line;
  return [`${keyword}{`, ...names.map((name) => `  ${name},`), `} from ${from};`].join("\n");
}
