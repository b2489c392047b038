/** Writes a choreography read from Scribble as a file for its author to fill in. */
import { notationOf } from "../notation-of.ts";
import { moved, fits, writeCalls } from "./write-chain.ts";
import { schemaNames } from "./author-names.ts";
import { comment, writeDeclarations } from "./write-events.ts";
import type { ImportedChoreography } from "./read-scribble.ts";

interface WriteOptions {
  /** The modules of the language and of schemas, as the file is to name them. */
  readonly languageModule?: string;
  readonly schemaModule?: string;
}

/** Widest line of a session type that is written on several lines. */
const notationWidth = 96;

/** The text of a file that type-checks as it is; `Answers` names what is left to be written. */
export function writeChoreography(
  imported: ImportedChoreography,
  {
    languageModule = "aura-choreography/dsl",
    schemaModule = "aura-choreography/runtime/schema",
  }: WriteOptions = {},
): string {
  const declarations = writeDeclarations(imported);
  const schemas = schemaNames.filter((name) => isUsed(name, declarations));
  const { file } = imported.headPlace;
  const paragraphs = [
    [
      comment(`${imported.protocol}, read from ${file.slice(file.lastIndexOf("/") + 1)}.`),
      writeImport(["choreography", "epochs", "event", "one", "type"], languageModule),
      writeImport(schemas, schemaModule),
    ].join("\n"),
    ...declarations,
    writeChain(imported),
  ];
  return `${paragraphs.join("\n\n")}\n`;
}

function writeImport(names: readonly string[], module: string): string {
  const from = `from ${JSON.stringify(module)};`;
  const line = `import { ${names.join(", ")} } ${from}`;
  if (fits(line)) return line;
  return ["import {", ...names.map((name) => `  ${name},`), `} ${from}`].join("\n");
}

/** Whether some event's schema, or a schema with a name of its own, is made with `name`. */
function isUsed(name: string, declarations: readonly string[]): boolean {
  return declarations.some((text) => new RegExp(`\\b${name}(?:[(<]|, "device")`).test(text));
}

function writeChain({ exportName, global, events, choices }: ImportedChoreography): string {
  const hasAnswers = choices.length > 0 || events.some((event) => event.answer !== undefined);
  return [
    `export const ${exportName} = choreography(${JSON.stringify(global.name)}, {`,
    writeRoles(Object.keys(global.roles)),
    writeSession(global.session, notationOf(global.steps, notationWidth)),
    "  params: type<object>(),",
    ...(hasAnswers ? ["  device: type<Answers>(),"] : []),
    `  abort: ${global.abort.text},`,
    "})",
    ...writeCalls(global.steps, "  "),
    '  .returns("nothing");',
  ].join("\n");
}

function writeRoles(roles: readonly string[]): string {
  const fields = roles.map((role) => `${role}: one`);
  const line = `  roles: { ${fields.join(", ")} },`;
  if (fits(line)) return line;
  return ["  roles: {", ...fields.map((field) => `    ${field},`), "  },"].join("\n");
}

/** A session type that is too long for a line goes over several. */
function writeSession(flat: string, broken: string): string {
  const line = `  session: ${JSON.stringify(flat)},`;
  return fits(line) ? line : `  session: \`\n${moved(broken, "    ")}\n  \`,`;
}
