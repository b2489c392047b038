import * as Automerge from "@automerge/automerge/slim";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { fromHex, sha256, toHex } from "../../../runtime/crypto/hash.ts";
import { loadAutomerge } from "../../../runtime/ledger/automerge-node.ts";
import { type PackedChange, unpack } from "../../../runtime/ledger/chunk.ts";
import { rowsOf } from "../../../runtime/ledger/chunk-rows.ts";
import { readChange } from "../../../runtime/ledger/document-layout.ts";
import { singlePut } from "../../../runtime/ledger/single-put.ts";
import { seedFor } from "../../seed.ts";
import { changesOf } from "./documents.ts";
import { automergeLedger } from "./fixtures.ts";
import { someEvents } from "./store/fixtures.ts";

loadAutomerge();

const seed = seedFor("test/runtime/ledger/document-layout.test.ts");
/** Where a change has its checksum, and where what it is of begins. */
const [CHECKSUM, HASHED] = [4, 8];

type Root = Record<string, unknown>;

/** What the library's decoder makes of a change. */
function decoded(change: Uint8Array) {
  const { hash, actor, deps, ops } = Automerge.decodeChange(change);
  const entries = ops.map(({ action, obj, key, value, pred }: Record<string, unknown>) => {
    const bytes = Array.isArray(value) ? toHex(Uint8Array.from(value as number[])) : value;
    return { action, obj, key, bytes, pred };
  });
  return { hash, actor, deps, entries };
}

/** The same of our reading. */
function read(change: Uint8Array) {
  const { entries, ...rest } = readChange(change, "flat");
  const puts = entries.map((entry) =>
    entry.kind === "put"
      ? { action: "set", obj: "_root", key: entry.key, bytes: toHex(entry.bytes), pred: [] }
      : entry,
  );
  return { ...rest, entries: puts };
}

function withChecksum(change: Uint8Array): Uint8Array {
  change.set(sha256(change.subarray(HASHED)).subarray(0, HASHED - CHECKSUM), CHECKSUM);
  return change;
}

/** Changes of two writers, who hear of each other: some have two predecessors. */
function writtenChanges(): readonly Uint8Array[] {
  const [alice, bob] = [automergeLedger("alice"), automergeLedger("bob")];
  const [fromAlice, fromBob] = [changesOf(alice), changesOf(bob)];
  const events = someEvents(16).filter(({ session }) => session !== alice.account);
  for (const [at, event] of events.entries()) {
    const [writer, written, other] = at % 2 === 0 ? [alice, fromAlice, bob] : [bob, fromBob, alice];
    writer.append(event.bytes);
    const name = { session: event.session, epoch: 0, generation: 0 };
    if (at % 3 > 0) for (const change of written) other.receiveChange(name, change, []);
  }
  return [...fromAlice, ...fromBob];
}

const CHANGES = writtenChanges();

describe("a change that puts one event", () => {
  test("is read as the library's decoder reads it", () => {
    expect(CHANGES.length).toBeGreaterThan(3);
    for (const change of CHANGES) {
      expect(singlePut(unpack(change))).toBeDefined();
      expect(read(change)).toEqual(decoded(change));
      expect(rowsOf(unpack(change))).toBe(1);
    }
  });

  test("with a few bytes changed is read as by the decoder, or left to it", () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 3,
    });
    let readable = 0;
    fc.assert(
      fc.property(fc.constantFrom(...CHANGES), damage, (change, places) => {
        const changed = Uint8Array.from(change);
        // The columns stand around the event: in the first 256 bytes and the last two.
        const spots = [
          ...Array(256).keys(),
          change.length - HASHED - 2,
          change.length - HASHED - 1,
        ];
        for (const [place, byte] of places) {
          changed[HASHED + (spots[place % spots.length] ?? 0)] = byte;
        }
        withChecksum(changed);
        const put = attempt(() => singlePut(unpack(changed)));
        if (put === undefined) return;
        readable += 1;
        expect(read(changed)).toEqual(decoded(changed));
      }),
      { seed, numRuns: 3_000 },
    );
    expect(readable).toBeGreaterThan(100);
  });

  test.each<[string, (root: Root) => unknown]>([
    ["that deletes another", (root) => delete root["a"]],
    ["with a key that is no hash", (root) => (root["b"] = threeBytes())],
    ["with a value that is no bytes", (root) => (root["ab".repeat(32)] = "text")],
    ["that overwrites", (root) => (root["cd".repeat(32)] = threeBytes())],
    [
      "in a map of its own",
      (root) => Object.assign(root["m"] ?? {}, { ["ab".repeat(32)]: threeBytes() }),
    ],
    [
      "and one more",
      (root) => Object.assign(root, { ["ab".repeat(32)]: threeBytes(), b: threeBytes() }),
    ],
  ])("is not one %s", (_, edit) => {
    let doc = Automerge.from<Root>({ a: threeBytes(), m: {}, ["cd".repeat(32)]: threeBytes() });
    doc = Automerge.change(doc, { time: 0 }, (root) => edit(root));
    const change = Automerge.getLastLocalChange(doc) ?? new Uint8Array();
    expect(singlePut(unpack(change))).toBeUndefined();
  });

  test("is refused where its checksum is wrong", () => {
    const changed = Uint8Array.from(CHANGES[0] ?? []);
    changed[CHECKSUM] = (changed[CHECKSUM] ?? 0) ^ 1;
    expect(() => readChange(changed, "flat")).toThrow("checksum");
  });

  test("is not one that has a message, speaks of another writer, or has bytes after its columns", () => {
    const packed = unpack(CHANGES[0] ?? new Uint8Array());
    expect(singlePut(packed)).toBeDefined();
    expect(singlePut({ ...packed, others: 1 })).toBeUndefined();
    expect(singlePut({ ...packed, extra: 1 })).toBeUndefined();
    expect(singlePut({ ...packed, message: Uint8Array.of(0xff) })).toBeUndefined();
    expect(singlePut(withColumn(packed, PREDECESSORS, "7f01"))).toBeUndefined();
    const [kind, length] = [packed.columns[KIND]?.data ?? [], packed.columns[VALUE]?.data.length];
    expect(length).toBeGreaterThan(0);
    expect(
      singlePut(withColumn(packed, KIND, `${toHex(Uint8Array.from(kind))}00`)),
    ).toBeUndefined();
  });

  test("is refused with a number that is longer than need be", () => {
    const packed = unpack(CHANGES[0] ?? new Uint8Array());
    expect(() => singlePut(withColumn(packed, KIND, "7ff78000"))).toThrow("longer than need be");
  });
});

/** Places of columns in the change that puts one event. */
const [KIND, VALUE, PREDECESSORS] = [3, 4, 5];

function withColumn(packed: PackedChange, place: number, hex: string): PackedChange {
  const columns = packed.columns.map((column, at) =>
    at === place ? { ...column, data: fromHex(hex) } : column,
  );
  return { ...packed, columns };
}

function threeBytes(): Uint8Array {
  return Uint8Array.of(1, 2, 3);
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
