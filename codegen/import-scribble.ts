/** Brings a Scribble protocol into the language: `aura import`. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { ProtocolError } from "../dsl/index.ts";
import { diagnose } from "./check.ts";
import type { Diagnosed } from "./check.ts";
import { attempt } from "./reading.ts";
import { readScribble, writeChoreography } from "./scribble/index.ts";
import type { ImportedChoreography } from "./scribble/index.ts";
import { onDisk } from "./settle.ts";
import { readText } from "./text-file.ts";

interface ImportOptions {
  /** The Scribble file. */
  readonly file: string;
  readonly cwd: string;
  /** The file to write; without it, the choreography's text is given back only. */
  readonly output?: string;
  /** The global protocol to import, where the file has several. */
  readonly protocol?: string;
  /** Whether a protocol that breaks a rule is refused. */
  readonly check: boolean;
}

/** The text of the choreography, or why there is none. */
type Imported = { readonly text: string } | { readonly refused: readonly Diagnosed[] };

/**
 * Reads a Scribble protocol and writes it as a choreography.
 *
 * @throws ProtocolError `InvalidInput` for a file that cannot be read or written, and for one with
 *   several protocols of which none is named
 */
export function importScribble(options: ImportOptions): Imported {
  const { file, cwd, output, protocol, check } = options;
  const source = readText(resolve(cwd, file));
  if (typeof source !== "string") {
    const { what, todo } = source;
    throw new ProtocolError({ code: "InvalidInput", what: `${file}: ${what}`, todo });
  }
  const unread: ProtocolError[] = [];
  const found = attempt(unread, () => readScribble(source, file, protocol));
  if (found === undefined) return { refused: unread.map((error) => unreadable(error, file)) };
  const imported = single(found, file);
  const refused = check ? diagnose(imported) : [];
  if (refused.length > 0) return { refused };
  const text = writeChoreography(imported);
  if (output !== undefined) onDisk(output, () => writeFileSync(resolve(cwd, output), text));
  return { text };
}

function unreadable({ what, todo, where }: ProtocolError, file: string): Diagnosed {
  return { code: "AURA1806", what, todo, places: [where.source ?? { file, line: 1, column: 1 }] };
}

/** Each choreography is a file of its own, so that one is to be chosen. */
function single(found: readonly ImportedChoreography[], file: string): ImportedChoreography {
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return first;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `${file} holds ${found.length} global protocols`,
    todo: `Choose with --protocol: ${found.map(({ protocol }) => protocol).join(", ")}`,
  });
}
