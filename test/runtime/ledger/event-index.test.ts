import { describe, expect, test } from "vitest";

import { encode } from "../../../runtime/ledger/cbor.ts";
import { EventIndex } from "../../../runtime/ledger/event-index.ts";
import { ROSTER, SESSION, eventOf, rosterOf } from "./fixtures.ts";

function verdict(bytes: Uint8Array): string {
  const admission = new EventIndex(ROSTER).admit(bytes);
  return admission.status === "quarantined" ? admission.reason : admission.status;
}

describe("admission", () => {
  test("admits a member's event, and knows it the next time", () => {
    const index = new EventIndex(ROSTER);
    const event = eventOf();
    expect(index.admit(event.bytes)).toEqual({ status: "admitted", event });
    expect(index.admit(event.bytes)).toEqual({ status: "known", event });
    expect(index.get(event.hash)).toEqual(event);
    expect(index.quarantine.list()).toEqual([]);
  });

  test("admits an event whose parents it does not know", () => {
    expect(verdict(eventOf({ parents: ["ab".repeat(32)] }).bytes)).toBe("admitted");
  });

  test("names the reason of a refusal", () => {
    const { bytes, hash: _hash, ...signed } = eventOf();
    expect(verdict(new Uint8Array())).toBe("Malformed");
    expect(verdict(Uint8Array.of(0xf6))).toBe("Malformed");
    expect(verdict(bytes.subarray(1))).toBe("Malformed");
    expect(verdict(Uint8Array.of(0x9f, 0xff))).toBe("NotCanonical");
    expect(verdict(new Uint8Array(64 * 1024 + 1))).toBe("TooLarge");
    expect(verdict(encode({ ...signed, version: 2 }))).toBe("UnknownVersion");
    expect(verdict(eventOf({ account: rosterOf(4).account }).bytes)).toBe("WrongAccount");
    expect(verdict(eventOf({ author: "mallory" }).bytes)).toBe("UnknownAuthor");
    expect(verdict(eventOf({}, "bob").bytes)).toBe("BadSignature");
    expect(verdict(encode({ ...signed, signature: new Uint8Array(64) }))).toBe("BadSignature");
  });

  test("keeps refused bytes for inspection and applies nothing of them", () => {
    const index = new EventIndex(ROSTER);
    const forged = eventOf({ epoch: 99 }, "mallory");
    index.admit(forged.bytes);
    expect(index.quarantine.list()).toMatchObject([
      { reason: "BadSignature", bytes: forged.bytes },
    ]);
    expect([index.epoch, index.sessions, index.get(forged.hash)]).toEqual([0, [], undefined]);
    expect(index.session(SESSION).nextNonce("alice")).toBe(0);
  });

  test("a refusal does not bar the event from being admitted by its own bytes later", () => {
    const index = new EventIndex(ROSTER);
    const event = eventOf();
    index.admit(eventOf({}, "mallory").bytes);
    expect(index.admit(event.bytes).status).toBe("admitted");
  });

  test("a flood of garbage keeps a bounded number of entries, the latest", () => {
    const index = new EventIndex(ROSTER);
    for (let i = 0; i < 1_000; i += 1) index.admit(encode(i));
    const kept = index.quarantine.list();
    expect(kept).toHaveLength(256);
    expect(kept.at(-1)?.bytes).toEqual(encode(999));
    index.admit(new Uint8Array(1 << 20));
    expect(index.quarantine.list().at(-1)?.bytes).toHaveLength(0);
  });

  test("checks what the place says about the bytes, also for a known event", () => {
    const index = new EventIndex(ROSTER);
    const { bytes, hash } = eventOf();
    const wrongKey = { hash: "00".repeat(32), session: SESSION };
    const wrongSession = { hash, session: "00" };
    for (const status of ["admitted", "known"]) {
      expect(index.admit(bytes, wrongKey)).toMatchObject({ reason: "KeyMismatch" });
      expect(index.admit(bytes, wrongSession)).toMatchObject({ reason: "WrongSession" });
      expect(index.admit(bytes, { hash, session: SESSION }).status).toBe(status);
    }
  });
});
