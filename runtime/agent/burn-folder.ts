/**
 * Marks in a folder, a file each, for file systems of POSIX. A file is made by one process only, so
 * two that run for the same device cannot both set a mark; and it is on the disk before anyone learns
 * that it was set.
 */
import { closeSync, fsyncSync, mkdirSync, openSync } from "node:fs";
import { dirname, join } from "node:path";
import { ProtocolError } from "../../dsl/index.ts";

export class BurnFolder {
  readonly #folder: string;

  /**
   * @param folder made where it is not there. It belongs with the device's key share: a backup of the
   *   one must never be restored with an older copy of the other
   */
  constructor(folder: string) {
    this.#folder = folder;
    guarded(folder, () => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      flush(dirname(folder));
    });
  }

  /**
   * Sets a mark, hexadecimal; `false` where it was set before, by whatever process.
   *
   * @throws ProtocolError `Storage` where it cannot be set
   */
  burn(mark: string): boolean {
    if (!/^[0-9a-f]{1,200}$/.test(mark)) throw new TypeError("a mark is hexadecimal");
    return guarded(this.#folder, () => {
      const file = openNew(join(this.#folder, mark));
      if (file === undefined) return false;
      closeSync(file);
      flush(this.#folder);
      return true;
    });
  }
}

function openNew(path: string): number | undefined {
  try {
    return openSync(path, "wx", 0o600);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return undefined;
    throw error;
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

function guarded<T>(folder: string, use: () => T): T {
  try {
    return use();
  } catch (cause) {
    throw new ProtocolError({
      code: "Storage",
      what: `a mark cannot be kept in ${folder}`,
      todo: "Make room, or let this process write there: nothing is signed until it can",
      cause,
    });
  }
}
