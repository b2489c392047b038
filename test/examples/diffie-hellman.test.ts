/** The Diffie-Hellman exchange, run between two devices on a virtual clock. */
import { x25519 } from "@noble/curves/ed25519.js";
import { expect, it } from "vitest";
import type { Script } from "../../dsl/index.ts";
import { alice } from "../../examples/diffie-hellman/generated/diffie-hellman.alice.ts";
import { bob } from "../../examples/diffie-hellman/generated/diffie-hellman.bob.ts";
import { openSession } from "../../runtime/index.ts";
import { lying } from "../protocols/lying.ts";
import { errorOf, outcomeOf, stageOf, untilOver } from "../runtime/stage.ts";

async function exchange(scripts: { readonly alice?: Script; readonly bob?: Script } = {}) {
  const stage = stageOf(3);
  const session = openSession({
    roster: stage.roster,
    script: alice,
    params: {},
    cast: { alice: "alice", bob: "bob" },
    nonce: new Uint8Array(16),
  });
  const play = (device: string, script: Script) => stage.play({ script, session, device });
  const running = [play("alice", scripts.alice ?? alice), play("bob", scripts.bob ?? bob)];
  await untilOver(stage);
  const [a, b] = await Promise.all(running);
  return { a, b, stage, session };
}

it("gives both one key, which is on no ledger", async () => {
  const { a, b, stage, session } = await exchange();
  const key = outcomeOf(a).facts["AliceKey"];
  expect(key).toBeInstanceOf(Uint8Array);
  expect(outcomeOf(b).facts["BobKey"]).toEqual(key);
  const events = stage.ledger("alice").events({ session: session.id });
  expect(events.length).toBe(5);
  for (const { bytes } of events) {
    expect(Buffer.from(bytes).includes(Buffer.from(key as Uint8Array))).toBe(false);
  }
});

it("blames Bob for a proof under another key, and Alice gives up", async () => {
  const stranger = x25519.getPublicKey(new Uint8Array(32).fill(7));
  const cheat = lying(bob, "Answer", (honest: object) => ({ ...honest, publicKey: stranger }));
  const { a, b } = await exchange({ bob: cheat });
  expect(errorOf(a).blamed).toMatchObject([{ device: "bob", reason: "BadKeyProof" }]);
  expect(errorOf(b).code).toBe("Aborted");
});

it("blames Alice for a proof under another key", async () => {
  const cheat = lying(alice, "Confirm", () => ({ proof: new Uint8Array(32) }));
  const { b } = await exchange({ alice: cheat });
  expect(errorOf(b).blamed).toMatchObject([{ device: "alice", reason: "BadKeyProof" }]);
});
