import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ProtocolError } from "../../../dsl/index.ts";
import { seededEntropy } from "../../../runtime/crypto/entropy.ts";
import { KeyStore } from "../../../runtime/node.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aura-keys-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (seed = "store") => new KeyStore({ folder, random: seededEntropy(seed) });

const secret = { id: "phone", key: Uint8Array.from({ length: 32 }, (_, i) => 200 + (i % 50)) };

function failure(run: () => unknown): ProtocolError {
  try {
    run();
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

describe("a key store", () => {
  test("gives back what was saved, after it is opened again too", () => {
    open().save("device", secret);
    expect(open("another draw").load("device")).toEqual(secret);
    expect(open().has("device")).toBe(true);
    expect(open().has("other")).toBe(false);
  });

  test("keeps nothing readable, in files that only their owner can read", () => {
    open().save("device", secret);
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name));
      expect(bytes.includes(Buffer.from(secret.key)), name).toBe(false);
      expect(bytes.includes("phone"), name).toBe(false);
      expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
    }
  });

  test("leaves no temporary file behind", () => {
    open().save("device", secret);
    expect(readdirSync(folder).toSorted()).toEqual(["device.sealed", "machine.key"]);
  });

  test("touches no file until something is saved", () => {
    expect(open().has("device")).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("names the file that is missing", () => {
    const { code, message } = failure(() => open().load("device"));
    expect(code).toBe("Storage");
    expect(message).toContain(join(folder, "device.sealed"));
  });

  test.each([0, 5, 40, 60])("refuses a file changed at byte %i, and names it", (at) => {
    const store = open();
    store.save("device", secret);
    const path = join(folder, "device.sealed");
    const bytes = readFileSync(path);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const { code, message } = failure(() => store.load("device"));
    expect(code).toBe("Storage");
    expect(message).toContain(path);
  });

  test("refuses a file that was put under another name", () => {
    const store = open();
    store.save("device", secret);
    writeFileSync(join(folder, "share.sealed"), readFileSync(join(folder, "device.sealed")));
    expect(failure(() => store.load("share")).code).toBe("Storage");
  });

  test("refuses a key file of the wrong length", () => {
    writeFileSync(join(folder, "machine.key"), new Uint8Array(31));
    expect(failure(() => open().save("device", secret)).code).toBe("Storage");
  });
});
