/** Text files as they are on disk. */
import { readFileSync, statSync } from "node:fs";

/** Why a file cannot be read: two sentences without their full stops. */
interface Unreadable {
  readonly what: string;
  readonly todo: string;
}

/** The text of a file, or why there is none. */
export function readText(path: string): string | Unreadable {
  const todo = "Name a text file that can be read";
  const noText = { what: "the file is not text", todo };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
    return text.includes("\0") ? noText : text;
  } catch (error) {
    if (error instanceof TypeError) return noText;
    const missing = statSync(path, { throwIfNoEntry: false }) === undefined;
    return { what: missing ? "there is no such file" : "the file cannot be read", todo };
  }
}
