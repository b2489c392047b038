/** An update under a lock, between a writer and three readers. */
import { beforeEach, expect, it } from "vitest";
import { reader } from "../../examples/protected-update/generated/protected-update.reader.ts";
import { writer } from "../../examples/protected-update/generated/protected-update.writer.ts";
import { silentAt } from "../protocols/lying.ts";
import { perform } from "./theatre.ts";

const readers = ["carol", "dave", "erin"];

interface Brought {
  readonly granted: Map<string, string>;
  readonly register: { version: number; value: string };
}

let inputs: Readonly<Record<string, Brought>>;

beforeEach(() => {
  const brought = (value: string): Brought => ({
    granted: new Map(),
    register: { version: 0, value },
  });
  inputs = {
    alice: brought("a"),
    ...Object.fromEntries(readers.map((device) => [device, brought("")])),
  };
});

const play = (instead = {}) =>
  perform({
    scripts: { writer, reader },
    cast: { writer: "alice", reader: readers },
    params: { quorum: 2 },
    ...{ inputs, instead },
  });
const registers = () => readers.map((device) => inputs[device]?.register);
const locks = () => readers.map((device) => inputs[device]?.granted.get("register"));

it("reaches all readers, and gives the lock back", async () => {
  const { outcome, turns } = await play();
  const value = { version: 1, value: "a" };
  expect(outcome("alice").result).toEqual(value);
  expect(registers()).toEqual([value, value, value]);
  expect(locks()).toEqual([undefined, undefined, undefined]);
  // The lock's own turns are in sessions of their own.
  expect(turns).not.toContain("Request");
});

it("is not made while another writer has the lock", async () => {
  for (const device of readers) inputs[device]?.granted.set("register", "bob");
  const { error } = await play();
  expect(error("alice")).toMatchObject({ code: "Aborted", what: "the lock is held by another" });
  expect(error("carol").code).toBe("Aborted");
  expect(registers()).toEqual(readers.map(() => ({ version: 0, value: "" })));
  expect(locks()).toEqual(["bob", "bob", "bob"]);
});

it("is made without a reader that is gone", async () => {
  const { outcome } = await play({ erin: null });
  expect(outcome("dave").result).toEqual({ version: 1, value: "a" });
});

it("ends for all where the writer has the lock and is silent", async () => {
  const { error } = await play({ alice: silentAt(writer, "Update") });
  expect(error("alice")).toMatchObject({ code: "Timeout", where: { step: "Applied" } });
  expect(error("carol").code).toBe("Aborted");
  // Nobody but the writer knows that it will not come back: the lock stays.
  expect(locks()).toEqual(["alice", "alice", "alice"]);
});
