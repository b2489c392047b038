/** The main job, as its users start it. Runs dist/, which `npm run build` makes. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let home = "";

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "aura-derive-"));
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Ending {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

function derive(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const words = ["dist/examples/derive.js", "--home", home, ...args];
  return new Promise<Ending>((resolve) => {
    execFile(process.execPath, words, { env: { ...process.env, ...env } }, (error, out, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, error: stderr });
    });
  });
}

/** The lines that say which device derived what. */
function keysIn(out: string): readonly (readonly [string, string])[] {
  return [...out.matchAll(/^ {2}(\S+) +([0-9a-f]{64}) {2}check ([0-9a-f]{32})$/gm)].map(
    ([, device = "", key = "", check = ""]) => [device, `${key} ${check}`],
  );
}

describe("npm start", () => {
  test("derives one key on every device, the same in every run, another for another context", async () => {
    const first = await derive(["--context", "mail@example.org"]);
    const again = await derive(["--context", "mail@example.org"]);
    const other = await derive(["--context", "bank@example.org"]);
    for (const { code, error } of [first, again, other]) expect([code, error]).toEqual([0, ""]);
    const [key, same, another] = [first, again, other].map(({ out }) => keysIn(out));
    expect(key?.map(([device]) => device)).toEqual(["phone", "laptop", "tablet"]);
    expect(new Set(key?.map(([, each]) => each)).size).toBe(1);
    expect(same).toEqual(key);
    expect(another?.[0]?.[1]).not.toBe(key?.[0]?.[1]);
    expect(first.out).toContain("genesis, session");
    expect(again.out).not.toContain("genesis, session");
  }, 60_000);

  test("shows who waits for whom", async () => {
    const { out } = await derive([]);
    expect(out).toMatch(/laptop \(participant\) +Initiate +waits for phone \(0 of 1\)/);
    expect(out).toMatch(/phone \(coordinator\) +Finalize +writes FinalizeDkdSession/);
    expect(out).toMatch(/tablet \(participant\) +Aggregate +done/);
  }, 60_000);

  test("takes more devices, an account of their own", async () => {
    const { code, out } = await derive(["--devices", "4", "--threshold", "3"]);
    expect(code).toBe(0);
    expect(keysIn(out).length).toBe(4);
    expect(readdirSync(home)).toContain("3-of-4");
  }, 60_000);
});

describe("bad input gets one message and exit code 2", () => {
  test.each([
    [["--threshold", "0"], "--threshold is 0 with 3 devices. Give 2 to 3.\n"],
    [["--threshold", "4"], "--threshold is 4 with 3 devices. Give 2 to 3.\n"],
    [["--devices", "1"], "--devices is 1. Give 2 to 16 devices.\n"],
    [["--devices", "99"], "--devices is 99. Give 2 to 16 devices.\n"],
    [["--nope"], "error: unknown option '--nope'\n"],
    [["stray"], "error: too many arguments. Expected 0 arguments but got 1.\n"],
    [
      ["--account", "../x"],
      "--account '../x' is no name. Use lower case letters, digits and hyphens.\n",
    ],
  ])("%s", async (args, message) => {
    const { code, out, error } = await derive(args);
    expect(error.replace("(Did you mean --home?)\n", "")).toBe(message);
    expect(out).toBe("");
    expect(code).toBe(2);
  });

  test("a number that is none", async () => {
    const { code, error } = await derive(["--devices", "few"]);
    expect(error).toContain("'few' is invalid. It is not a whole number.");
    expect(code).toBe(2);
  });

  test("an account of another size, which stays as it was", async () => {
    await derive([]);
    const before = readdirSync(join(home, "2-of-3"));
    const { code, error } = await derive(["--account", "2-of-3", "--devices", "5"]);
    expect(error).toBe(
      "the account '2-of-3' was made for 2 of 3 devices. " +
        "Give --devices 3 --threshold 2, or another --account.\n",
    );
    expect(code).toBe(2);
    expect(readdirSync(join(home, "2-of-3"))).toEqual(before);
  }, 60_000);
});

test("secrets at rest need the passphrase that they were sealed under", async () => {
  const account = ["--account", "locked", "--devices", "2"];
  const made = await derive(account, { AURA_PASSPHRASE: "correct horse" });
  expect(made.code).toBe(0);
  const [device = ""] = readdirSync(join(home, "locked"));
  const files = readdirSync(join(home, "locked", device));
  expect(files.toSorted()).toEqual(["device.sealed", "dkd-share.sealed", "passphrase.salt"]);
  const wrong = await derive(account, { AURA_PASSPHRASE: "battery staple" });
  expect(wrong.code).toBe(2);
  expect(wrong.error).toContain("sealed: sealed data cannot be opened");
  const right = await derive(account, { AURA_PASSPHRASE: "correct horse" });
  expect(keysIn(right.out)).toEqual(keysIn(made.out));
  const sealed = readFileSync(join(home, "locked", device, "device.sealed"));
  expect(sealed.includes("signing")).toBe(false);
}, 120_000);
