/** The files of Node. */

import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { ProtocolError } from "../../../dsl/errors.ts";
import type { Files } from "./files.ts";

const LOCK = "lock";
const OWNER_ONLY = 0o600;

export const nodeFiles: Files = Object.freeze({
  makeFolder: (path: string) => void mkdirSync(path, { recursive: true, mode: 0o700 }),
  list: (folder: string) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name),
  read: (path: string) => new Uint8Array(readFileSync(path)),
  create: (path: string, bytes: Uint8Array) =>
    writeFileSync(path, bytes, { flag: "wx", mode: OWNER_ONLY }),
  append: (path: string, bytes: Uint8Array) => writeFileSync(path, bytes, { flag: "a" }),
  sync: (path: string) => syncOpened(path, "r+"),
  syncFolder: (folder: string) => syncOpened(folder, "r"),
  rename: renameSync,
  remove: (path: string) => rmSync(path),
  lock: lockFolder,
});

function syncOpened(path: string, flags: string): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The lock names its process, so that one that died does not keep the folder. */
function lockFolder(folder: string): () => void {
  const path = join(folder, LOCK);
  for (const attempt of [1, 2]) {
    try {
      writeFileSync(path, `${process.pid}`, { flag: "wx", mode: OWNER_ONLY });
      return () => rmSync(path, { force: true });
    } catch (error) {
      const holder = holderOf(path);
      if (!isError(error, "EEXIST")) throw error;
      if (attempt === 2 || (holder !== undefined && isAlive(holder))) throw taken(folder, holder);
      rmSync(path, { force: true });
    }
  }
  throw taken(folder, undefined);
}

function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isError(error, "EPERM");
  }
}

function isError(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function taken(folder: string, holder: number | undefined): ProtocolError {
  return new ProtocolError({
    code: "Storage",
    what: `process ${holder ?? "unknown"} has the ledger in ${folder} open`,
    todo: `close it there; if that process is no program of yours, delete ${join(folder, LOCK)}`,
  });
}
