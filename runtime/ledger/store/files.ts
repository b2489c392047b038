/** The few things that a store does with files. Tests put a file system in its place that fails. */

/**
 * Paths are whole. Everything throws what the platform throws. Nothing is safe from a loss of power
 * before it is synchronised: the bytes of a file by `sync`, its name by `syncFolder`.
 */
export interface Files {
  makeFolder(path: string): void;
  /** Names of the files in a folder. */
  list(folder: string): readonly string[];
  read(path: string): Uint8Array;
  /** Writes a new file. Throws where there is one of this name. */
  create(path: string, bytes: Uint8Array): void;
  append(path: string, bytes: Uint8Array): void;
  sync(path: string): void;
  syncFolder(folder: string): void;
  /** Replaces what is there. */
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Keeps other processes out of the folder. Throws where one is in. Returns how to let go. */
  lock(folder: string): () => void;
}

/** Writes a file whole or not at all: under another name, synchronised, then renamed. */
export function writeWhole(files: Files, folder: string, name: string, bytes: Uint8Array): void {
  const [path, temporary] = [`${folder}/${name}`, `${folder}/${name}${TEMPORARY}`];
  if (files.list(folder).includes(`${name}${TEMPORARY}`)) files.remove(temporary);
  files.create(temporary, bytes);
  files.sync(temporary);
  files.rename(temporary, path);
  files.syncFolder(folder);
}

/** Ends the names of files that were not finished. */
export const TEMPORARY = ".tmp";
