/** Layout of generated code: what fits on a line stands on one, as a person would write it. */

const maxLineLength = 100;

/** An object literal with `fields`, indented by `indent`, on one line if it fits with its comma. */
export function printObject(
  fields: readonly (readonly [string, string])[],
  indent: string,
): string {
  const properties = fields.map(([name, value]) => (name === value ? name : `${name}: ${value}`));
  const line = `${indent}{ ${properties.join(", ")} }`;
  if (line.length < maxLineLength && !line.includes("\n")) return line;
  const inner = `${indent}  `;
  const lines = properties.map((property) => `${inner}${indented(property, inner)},`);
  return [`${indent}{`, ...lines, `${indent}}`].join("\n");
}

/** `text` with `indent` before each of its lines but the first. */
export function indented(text: string, indent: string): string {
  return text.replaceAll("\n", `\n${indent}`);
}

/** `import { a, b } from "m";`, with one name a line where it is too long. */
export function printImport(names: readonly string[], from: string, typeOnly: boolean): string {
  const keyword = typeOnly ? "import type " : "import ";
  const line = `${keyword}{ ${names.join(", ")} } from ${from};`;
  if (line.length <= maxLineLength) return line;
  return [`${keyword}{`, ...names.map((name) => `  ${name},`), `} from ${from};`].join("\n");
}
