/** The account's own events, signed by a threshold of its devices in earnest. */
import { describe, expect, it } from "vitest";
import { accepted, rejected } from "../../../dsl/index.ts";
import { signingSession } from "../../../protocols/index.ts";
import { proposeFact, writeFact } from "../../../runtime/account/propose.ts";
import { equalBytes, sha256 } from "../../../runtime/crypto/hash.ts";
import { signatures } from "../../../runtime/crypto/signature.ts";
import type { EventBody } from "../../../runtime/ledger/envelope.ts";
import { sealEvent, signedMessage } from "../../../runtime/ledger/envelope.ts";
import { found, untilOver } from "../../runtime/stage.ts";
import { everyone, keyset, play, scene, signatureOf } from "./scene.ts";
import type { Scene } from "./scene.ts";

const group = {
  groupKey: keyset.groupKey,
  packageHash: sha256(keyset.groupKey),
  threshold: keyset.threshold,
};

const frank = signatures.keyPair(sha256(Uint8Array.of(7))).publicKey;
const tablet = { device: "tablet", signingKey: frank, sealingKey: sha256(frank), from: 0 };

/** An account whose devices have adopted the group's key. */
function adopted(): Scene {
  const at = scene();
  for (const device of at.stage.devices) {
    expect(writeFact(at.stage.ledger(device.id), device, "AdoptGroupKey", group, 0).status).toBe(
      "admitted",
    );
  }
  return at;
}

/** What three devices sign that were shown this body. */
async function signedBy(at: Scene, body: EventBody, signers = everyone.slice(0, 3)) {
  const session = signingSession({
    roster: at.stage.roster,
    purpose: "account",
    message: signedMessage(body),
    keyset,
    members: everyone,
    coordinator: found(signers[0]),
    signers,
    nonce: new Uint8Array(16).fill(3),
  });
  const approve = ({ message }: { readonly message: Uint8Array }) =>
    equalBytes(message, signedMessage(body)) ? accepted : rejected("Unknown", "not what was shown");
  const endings = signers.map((device) => play({ ...at, session }, device, { approve }));
  await untilOver(at.stage);
  return signatureOf(await found(endings[0]));
}

describe("a threshold-signed account event", () => {
  it("is admitted by every replica, and adds the device", async () => {
    const at = adopted();
    const ledger = at.stage.ledger("erin");
    const body = proposeFact(ledger, "AddDevice", tablet, 0);
    const event = sealEvent(body, await signedBy(at, body));
    expect(ledger.append(event.bytes).status).toBe("admitted");
    expect(ledger.state.devices(0).map(({ id }) => id)).toEqual([...everyone, "tablet"]);
  });

  it("is refused with the signature of another event", async () => {
    const at = adopted();
    const ledger = at.stage.ledger("erin");
    const body = proposeFact(ledger, "AddDevice", tablet, 0);
    const signature = await signedBy(at, body);
    const removal = proposeFact(
      ledger,
      "RemoveDevice",
      { device: "bob", from: 3, reason: "lost" },
      0,
    );
    const event = sealEvent(removal, signature);
    expect(ledger.append(event.bytes)).toEqual({ status: "quarantined", reason: "BadSignature" });
  });

  it("has no body before the account has a key, or for another signer", () => {
    const at = scene();
    const ledger = at.stage.ledger("alice");
    expect(() => proposeFact(ledger, "AddDevice", tablet, 0)).toThrow(/no group key/);
    expect(() => proposeFact(ledger, "AdoptGroupKey", group, 0)).toThrow(/for a device to sign/);
    const alice = found(at.stage.devices[0]);
    expect(() => writeFact(ledger, alice, "BumpSessionEpoch", { to: 1 }, 0)).toThrow(
      /for a threshold/,
    );
    expect(() => writeFact(ledger, alice, "AdoptGroupKey", { ...group, threshold: 1 }, 0)).toThrow(
      /not one of AdoptGroupKey/,
    );
  });
});
