/** Marks in a file that only grows: a mark is on the disk before anyone learns that it was set. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { ProtocolError } from "../../dsl/index.ts";

export class BurnFile {
  readonly #path: string;
  readonly #burnt: Set<string>;

  /**
   * @param path of the file; made, with its folder, where it is not there
   * @throws ProtocolError `Storage` where it is damaged
   */
  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const isNew = !existsSync(path);
    const text = isNew ? "" : readFileSync(path, "utf8");
    const lines = text.split("\n").filter((line) => line !== "");
    if (!lines.every((line) => /^[0-9a-f]+$/.test(line))) {
      throw new ProtocolError({
        code: "Storage",
        what: `${path} holds something else than marks`,
        todo: "Restore it from a backup no older than the last signature, or make a new key share",
      });
    }
    this.#burnt = new Set(lines);
    // A crash can cut the last mark short. Its share has not left, and the next mark needs its line.
    const isCut = text !== "" && !text.endsWith("\n");
    if (isNew || isCut) append(path, isCut ? "\n" : "");
    // The file's own name must be on the disk, too.
    if (isNew) flush(dirname(path));
  }

  /** Sets a mark; `false` where it was set before. */
  burn(mark: string): boolean {
    if (!/^[0-9a-f]+$/.test(mark)) throw new TypeError("a mark is hexadecimal");
    if (this.#burnt.has(mark)) return false;
    append(this.#path, `${mark}\n`);
    this.#burnt.add(mark);
    return true;
  }
}

function append(path: string, text: string): void {
  const file = openSync(path, "a", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function flush(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
