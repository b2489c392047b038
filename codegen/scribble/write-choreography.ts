/** Writes a choreography read from Scribble as a file for its author to fill in. */
import { notationOf } from "../notation-of.ts";
import { moved, fits, writeCalls } from "./write-chain.ts";
import { comment, writeDeclarations } from "./write-events.ts";
import type { ImportedChoreography } from "./read-scribble.ts";

interface WriteOptions {
  /** The module of the language, as the file is to name it. */
  readonly languageModule?: string;
}

/** Widest line of a session type that is written on several lines. */
const notationWidth = 96;

/** The text of a file that type-checks as it is; `Answers` names what is left to be written. */
export function writeChoreography(
  imported: ImportedChoreography,
  { languageModule = "aura-choreography/dsl" }: WriteOptions = {},
): string {
  const { file } = imported.headPlace;
  const paragraphs = [
    [
      comment(`${imported.protocol}, read from ${file.slice(file.lastIndexOf("/") + 1)}.`),
      'import * as v from "valibot";',
      `import { choreography, epochs, event, one, type } from ${JSON.stringify(languageModule)};`,
    ].join("\n"),
    ...writeDeclarations(imported),
    writeChain(imported),
  ];
  return `${paragraphs.join("\n\n")}\n`;
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
