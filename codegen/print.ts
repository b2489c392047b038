/** Layout of generated code: what fits on a line stands on one, as a person would write it. */

const maxLineLength = 100;

/** An object literal with `fields`, indented by `indent`, on one line if it fits with its comma. */
export function printObject(fields: readonly (readonly [string, string])[], indent: string): string {
  const properties = fields.map(([name, value]) => (name === value ? name : `${name}: ${value}`));
  return bracketed("{", properties, "}", indent);
}

/** `import { a, b } from "m";`, with one name a line where it is too long. */
export function printImport(names: readonly string[], module: string, typeOnly: boolean): string {
  const keyword = typeOnly ? "import type " : "import ";
  const from = ` from ${JSON.stringify(module)};`;
  const line = `${keyword}{ ${names.join(", ")} }${from}`;
  if (line.length <= maxLineLength) return line;
  return [`${keyword}{`, ...names.map((name) => `  ${name},`), `}${from}`].join("\n");
}

function bracketed(open: string, items: readonly string[], close: string, indent: string): string {
  const line = `${indent}${open} ${items.join(", ")} ${close}`;
  if (line.length < maxLineLength && !line.includes("\n")) return line;
  const inner = `${indent}  `;
  const lines = items.map((item) => `${inner}${item.split("\n").join(`\n${inner}`)},`);
  return [`${indent}${open}`, ...lines, `${indent}${close}`].join("\n");
}
