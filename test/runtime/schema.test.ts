/** Schemas of payloads: what each lets through, and where the others are at fault. */
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { event } from "../../dsl/index.ts";
import { validatePayload } from "../../runtime/payload.ts";
import * as schema from "../../runtime/schema.ts";
import { fits } from "../../runtime/schema.ts";

const { bytes, integer, list, nullable, number, oneOf, optional, record, table, text } = schema;
const hash = "a".repeat(64);
const blame = { device: "bob", reason: "BadProof", evidence: [hash] };
const even = schema.where(integer(), (value) => value % 2 === 0, "odd");
const order = record({
  title: text({ max: 5 }),
  copies: integer({ min: 1 }),
  note: optional(text()),
});

const cases: readonly (readonly [string, schema.Schema<unknown>, unknown[], unknown[]])[] = [
  ["text", text(), ["", "a\nb"], [1, null, undefined]],
  ["short text", text({ max: 2 }), ["ab"], ["abc"]],
  ["text that matches", text({ matches: /^[a-z]+$/ }), ["abc"], ["", "aBc", "abc\n"]],
  ["text by a pattern with a state", text({ matches: /a/g }), ["a", "a", "ba"], ["b"]],
  ["a number", number({ min: 0, max: 1 }), [0, 0.5, 1], [-0.1, 1.1, Number.NaN, "0"]],
  ["an integer", integer(), [-1, 0, 2 ** 53 - 1], [0.5, 2 ** 53, Number.NaN, "1"]],
  ["an integer in a range", integer({ min: 1, max: 3 }), [1, 3], [0, 4]],
  ["a boolean", schema.boolean(), [true, false], [0, "true", null]],
  ["one of some", oneOf("won", 3), ["won", 3], ["lost", "3"]],
  ["bytes", bytes(), [new Uint8Array(), new Uint8Array(9)], [[], "", new ArrayBuffer(1)]],
  ["32 bytes", bytes(32), [new Uint8Array(32)], [new Uint8Array(31), new Uint8Array(33)]],
  [
    "few bytes",
    bytes({ min: 1, max: 2 }),
    [new Uint8Array(1)],
    [new Uint8Array(3), new Uint8Array()],
  ],
  ["a list", list(integer(), { max: 2 }), [[], [1, 2]], [[1, 2, 3], ["1"], {}, null]],
  ["a table", table(integer()), [{}, { a: 1 }], [{ a: "1" }, null, 1]],
  ["nullable text", nullable(text()), [null, "a"], [undefined, 1]],
  ["what holds", even, [0, 2], [1, "2"]],
  [
    "a record",
    order,
    [
      { title: "Emma", copies: 1 },
      { title: "", copies: 2, note: "n" },
    ],
    [
      { title: "Emma" },
      { title: "Emma", copies: 0 },
      { title: "Persuasion", copies: 1 },
      { title: "Emma", copies: 1, more: 1 },
      { title: "Emma", copies: 1, note: null },
      null,
    ],
  ],
  ["nothing", schema.nothing, [{}], [{ a: undefined }, { a: 1 }, null, undefined]],
  ["anything", schema.anything(), [undefined, null, 1], []],
  ["a device id", schema.deviceId, ["bob", "a-1"], ["", "Bob", "-a", "a".repeat(33)]],
  [
    "an abort",
    schema.abortPayload,
    [
      { reason: "Timeout", blamed: [] },
      { reason: "BadProof", blamed: [blame] },
    ],
    [
      { reason: "Timeout" },
      { reason: "r".repeat(201), blamed: [] },
      { reason: "", blamed: [{ ...blame, evidence: ["a"] }] },
      { reason: "", blamed: Array.from({ length: 65 }, () => blame) },
    ],
  ],
];

describe("a schema", () => {
  it.each(cases)("of %s", (_name, of, good, bad) => {
    for (const value of good) expect(fits(of, value), JSON.stringify(value)).toBe(true);
    for (const value of bad) expect(fits(of, value), JSON.stringify(value)).toBe(false);
  });

  it("names the field that it refuses, however deep", () => {
    const nested = event("Nested", record({ orders: list(order) }), "device");
    const payload = {
      orders: [
        { title: "Emma", copies: 1 },
        { title: "Emma", copies: 0.5 },
      ],
    };
    expect(validatePayload(nested, payload)).toEqual({
      issue: "its schema refuses the field 'orders.1.copies'",
    });
  });

  it("takes Valibot's own inside", () => {
    const mail = record({ to: v.pipe(v.string(), v.email()) });
    expect([fits(mail, { to: "a@b.example" }), fits(mail, { to: "a" })]).toEqual([true, false]);
  });

  it("refuses one of another library inside, when it is declared", () => {
    const { "~standard": standard } = text();
    expect(() => list({ async: false, "~standard": standard })).toThrow("not Valibot's");
  });
});
