/**
 * A device's secrets in files, encrypted at rest. The key is made from a passphrase, or drawn once
 * and kept in a file of its own that only its owner can read: move that one to another medium, and
 * the rest is worth nothing to a thief.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { ProtocolError } from "../../dsl/index.ts";
import type { RandomBytes } from "../../dsl/index.ts";
import { openAtRest, passphraseKey, sealAtRest } from "../crypto/vault.ts";
import { decode, encode } from "../ledger/cbor.ts";
import type { CborValue } from "../ledger/cbor.ts";

export interface KeyStoreOptions {
  /** Folder of the files; made where it is not there. */
  readonly folder: string;
  /** Without one, the key is kept in `machine.key` in the folder. */
  readonly passphrase?: string;
  readonly random: RandomBytes;
}

const limits = Object.freeze({ maxBytes: 1 << 20, maxDepth: 16 });

export class KeyStore {
  readonly #options: KeyStoreOptions;
  #key: Uint8Array | undefined;

  /** Touches no file: the folder and the key are made when something is saved. */
  constructor(options: KeyStoreOptions) {
    this.#options = options;
  }

  has(name: string): boolean {
    return existsSync(this.#path(name));
  }

  /**
   * Writes plain values under `name`, encrypted; a crash leaves the old ones or the new ones.
   *
   * @throws ProtocolError `Storage` where the key file is damaged
   */
  save(name: string, value: CborValue): void {
    const sealed = sealAtRest(encode(value), this.#vaultKey(), aadOf(name), this.#options.random);
    writeWhole(this.#path(name), sealed);
  }

  /**
   * The values under `name`.
   *
   * @throws ProtocolError `Storage` where they are missing, damaged, or under another key
   */
  load(name: string): CborValue {
    const path = this.#path(name);
    if (!existsSync(path)) {
      throw new ProtocolError({
        code: "Storage",
        what: `there is no file ${path}`,
        todo: "Restore it from a backup, or use another folder to start afresh",
      });
    }
    try {
      return decode(openAtRest(readFileSync(path), this.#vaultKey(), aadOf(name)), limits);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      const { what, todo } = error;
      throw new ProtocolError({ code: "Storage", what: `${path}: ${what}`, todo, cause: error });
    }
  }

  #path(name: string): string {
    return join(this.#options.folder, `${name}.sealed`);
  }

  #vaultKey(): Uint8Array {
    const { passphrase } = this.#options;
    this.#key ??=
      passphrase === undefined
        ? this.#kept("machine.key", 32)
        : passphraseKey(passphrase, this.#kept("passphrase.salt", 16));
    return this.#key;
  }

  /** Bytes that are drawn once and kept in a file that only its owner can read. */
  #kept(name: string, length: number): Uint8Array {
    const path = join(this.#options.folder, name);
    if (!existsSync(path)) writeWhole(path, this.#options.random(length));
    const bytes = new Uint8Array(readFileSync(path));
    if (bytes.length === length) return bytes;
    throw new ProtocolError({
      code: "Storage",
      what: `${path} has ${bytes.length} bytes, not ${length}`,
      todo: "Restore it from a backup",
    });
  }
}

function aadOf(name: string): Uint8Array {
  return new TextEncoder().encode(name);
}

/** Writes a file whole or not at all: a temporary file, fsync, rename. */
function writeWhole(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, "w", 0o600);
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}
