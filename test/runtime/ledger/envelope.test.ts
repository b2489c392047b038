import { describe, expect, test } from "vitest";

import { sha256, toHex } from "../../../runtime/crypto/hash.ts";
import { encode } from "../../../runtime/ledger/cbor.ts";
import {
  EVENT_LIMITS,
  isSignedBy,
  readEvent,
  signatureOf,
} from "../../../runtime/ledger/envelope.ts";
import { bodyOf, eventOf, failure, publicKeyOf } from "./fixtures.ts";

const hashes = ["aa", "bb", "cc"].map((byte) => byte.repeat(32));

/** The wire form of an event, with some fields replaced and some removed. */
function wire(fields: object, without: readonly string[] = []): Uint8Array {
  const event = eventOf();
  const { hash: _hash, bytes: _bytes, ...body } = event;
  const entries = Object.entries({ ...body, signature: signatureOf(event), ...fields });
  return encode(Object.fromEntries(entries.filter(([key]) => !without.includes(key))));
}

describe("a signed event", () => {
  test("reads back as it was signed, under the hash of its bytes", () => {
    const event = eventOf({
      parents: hashes,
      payload: { list: [1, Uint8Array.of(2)], big: 2n ** 60n },
    });
    const reading = readEvent(event.bytes, EVENT_LIMITS);
    expect(reading).toEqual({ ok: true, event });
    expect(event.hash).toBe(toHex(sha256(event.bytes)));
    expect(isSignedBy(event, publicKeyOf("alice"))).toBe(true);
    expect(isSignedBy(event, publicKeyOf("bob"))).toBe(false);
  });

  test("is verified anew where a byte of its signature differs", () => {
    const event = eventOf({});
    expect(isSignedBy(event, publicKeyOf("alice"))).toBe(true);
    const bytes = Uint8Array.from(event.bytes);
    const at = placeOf(bytes, signatureOf(event));
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const reading = readEvent(bytes, EVENT_LIMITS);
    if (!reading.ok) throw new Error(reading.detail);
    expect(isSignedBy(reading.event, publicKeyOf("alice"))).toBe(false);
    expect(isSignedBy(event, publicKeyOf("alice"))).toBe(true);
  });

  test("signing is deterministic, and parents are a set", () => {
    const [a = "", b = "", c = ""] = hashes;
    const event = eventOf({ parents: [c, a, b, a] });
    expect(event.parents).toEqual([a, b, c]);
    expect(event.hash).toBe(eventOf({ parents: [a, b, c] }).hash);
  });

  test.each([
    ["account", "00"],
    ["session", "00"],
    ["step", "Reveal"],
    ["iteration", 1],
    ["author", "bob"],
    ["nonce", 1],
    ["parents", hashes],
    ["epoch", 2],
    ["type", "RevealPoint"],
    ["payload", { value: 2 }],
  ])("the signature covers %s", (field, value) => {
    const reading = readEvent(wire({ [field]: value }), EVENT_LIMITS);
    if (!reading.ok) throw new Error(reading.detail);
    expect(isSignedBy(reading.event, publicKeyOf("alice"))).toBe(false);
  });

  test.each([
    ["version", "2"],
    ["version", "1"],
    ["account", ""],
    ["account", "AB"],
    ["session", "0".repeat(65)],
    ["session", "xyz"],
    ["step", ""],
    ["step", "Lock/"],
    ["step", "a b"],
    ["step", Array.from({ length: 17 }, () => "A").join("/")],
    ["iteration", -1],
    ["author", "Alice"],
    ["author", "a".repeat(33)],
    ["nonce", 2 ** 48],
    ["nonce", 2n ** 60n],
    ["parents", [hashes[1], hashes[0]]],
    ["parents", [hashes[0], hashes[0]]],
    ["parents", ["aa"]],
    ["parents", Array.from({ length: 65 }, (_, i) => i.toString(16).padStart(64, "0"))],
    ["epoch", null],
    ["type", "a/b"],
    ["authorization", { kind: "root" }],
    ["authorization", { kind: "threshold" }],
    ["authorization", { kind: "threshold", generation: 0 }],
    ["authorization", { kind: "device", extra: 1 }],
    ["signature", new Uint8Array(63)],
    ["signature", "00"],
  ])("%s: %s is malformed, and the field is named", (field, value) => {
    expect(faultOf(wire({ [field]: value }))).toEqual(["Malformed", field]);
  });

  test.each([
    ["another field", wire({ another: 1 })],
    ["another field, of an object's own name", wire(Object.fromEntries([["__proto__", {}]]))],
    ["no map", encode([1])],
    ["bytes", encode(new Uint8Array(3))],
    ["null", encode(null)],
  ])("%s is malformed", (_, bytes) => {
    expect(faultOf(bytes)).toEqual(["Malformed", "event"]);
  });

  test("of a version to come it is not read, and that is said", () => {
    expect(faultOf(wire({ version: 2 }))).toEqual(["UnknownVersion", "version"]);
    expect(faultOf(wire({ version: 2, another: 1 }))).toEqual(["UnknownVersion", "version"]);
  });

  test.each(Object.keys(bodyOf()).concat("signature"))("without %s it is malformed", (field) => {
    expect(faultOf(wire({}, [field]))).toEqual(["Malformed", field]);
  });

  test("64 parents, 16 path segments and depth 16 are allowed", () => {
    const parents = Array.from({ length: 64 }, (_, i) => i.toString(16).padStart(64, "0"));
    const step = Array.from({ length: 16 }, () => "A").join("/");
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
    expect(eventOf({ parents, step, payload: nested(15) }).parents).toHaveLength(64);
    expect(failure(() => eventOf({ payload: nested(16) })).code).toBe("InvalidInput");
    expect(failure(() => eventOf({ parents: [...parents, "ff".repeat(32)] })).code).toBe(
      "InvalidInput",
    );
  });

  test("more than 64 KiB is neither signed nor read", () => {
    const fields = { payload: new Uint8Array(64 * 1024) };
    expect(failure(() => eventOf(fields)).where).toEqual({ step: "Commit", device: "alice" });
    expect(readEvent(wire(fields), EVENT_LIMITS)).toMatchObject({ fault: "TooLarge" });
  });

  test("it is frozen and keeps its own bytes", () => {
    const bytes = Uint8Array.from(eventOf().bytes);
    const reading = readEvent(bytes, EVENT_LIMITS);
    if (!reading.ok) throw new Error(reading.detail);
    bytes.fill(0);
    const { event } = reading;
    expect(toHex(sha256(event.bytes))).toBe(event.hash);
    const parts = [event, event.parents, event.payload, event.authorization];
    expect(parts.map((part) => Object.isFrozen(part))).toEqual([true, true, true, true]);
  });
});

/** The fault of bytes that are no event, and the field that has it. */
function faultOf(bytes: Uint8Array): readonly unknown[] {
  const reading = readEvent(bytes, EVENT_LIMITS);
  if (reading.ok) throw new Error("an event was read");
  return [reading.fault, reading.detail.split(": ")[0]];
}

/** Where the first of these bytes stands in the others. */
function placeOf(bytes: Uint8Array, part: Uint8Array): number {
  return Buffer.from(bytes).lastIndexOf(Buffer.from(part));
}
