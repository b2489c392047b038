import { describe, expect, test } from "vitest";

import { type RosterDevice, accountRoster } from "../../../runtime/ledger/roster.ts";
import { failure, publicKeyOf, rosterOf } from "./fixtures.ts";

const { devices } = rosterOf(3);
const [alice, bob, carol] = devices;
if (!alice || !bob || !carol) throw new Error("no devices");

function refusal(...list: readonly RosterDevice[]): string {
  return failure(() => accountRoster(list)).code;
}

describe("an account's roster", () => {
  test("is the same whatever the order of the devices", () => {
    const roster = accountRoster([carol, alice, bob]);
    expect(roster).toEqual(rosterOf(3));
    expect(roster.devices.map(({ id }) => id)).toEqual(["alice", "bob", "carol"]);
    expect(roster.account).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.isFrozen(roster) && Object.isFrozen(roster.devices)).toBe(true);
  });

  test("has an id of its own for each set of devices and keys", () => {
    const rosters = [
      [alice, bob],
      [alice, bob, carol],
      [alice, { ...bob, id: "robert" }],
      [alice, { ...bob, signingKey: carol.signingKey }],
      [alice, { ...bob, sealingKey: carol.sealingKey }],
    ];
    const ids = rosters.map((list) => accountRoster(list).account);
    expect(new Set(ids).size).toBe(rosters.length);
  });

  test("does not change with the keys it was made from", () => {
    const signingKey = Uint8Array.from(alice.signingKey);
    const roster = accountRoster([{ ...alice, signingKey }]);
    signingKey.fill(0);
    expect(roster.devices[0]?.signingKey).toEqual(publicKeyOf("alice"));
  });

  test("refuses no devices and more than 64", () => {
    expect(refusal()).toBe("InvalidInput");
    expect(refusal(...Array.from({ length: 65 }, (_, i) => ({ ...alice, id: `d${i}` })))).toBe(
      "InvalidInput",
    );
  });

  test.each(["", "Alice", "-a", "a b", "a".repeat(33)])("refuses the id %j", (id) => {
    expect(refusal({ ...alice, id })).toBe("InvalidInput");
  });

  test("refuses two devices that share an id or a key", () => {
    expect(refusal(alice, { ...bob, id: "alice" })).toBe("InvalidInput");
    expect(refusal(alice, { ...bob, signingKey: alice.signingKey })).toBe("InvalidInput");
    expect(refusal(alice, { ...bob, sealingKey: alice.sealingKey })).toBe("InvalidInput");
  });

  test("refuses keys of a wrong length, zero keys and points of small order", () => {
    expect(refusal({ ...alice, signingKey: new Uint8Array(31) })).toBe("InvalidInput");
    expect(refusal({ ...alice, sealingKey: new Uint8Array(32) })).toBe("InvalidInput");
    const identity = new Uint8Array(32).fill(1, 0, 1);
    expect(refusal({ ...alice, signingKey: identity })).toBe("NotAdmitted");
  });
});
