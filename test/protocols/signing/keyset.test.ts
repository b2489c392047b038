/** The Ed25519 side of a ristretto255 key, from a real genesis to a signature. */
import { ed25519, ristretto255 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accepted } from "../../../dsl/index.ts";
import { signThreshold, signingPackage, signingSession } from "../../../protocols/index.ts";
import { edwardsOf } from "../../../runtime/crypto/frost.ts";
import { checkPublicKey, signatures } from "../../../runtime/crypto/signature.ts";
import {
  AutomergeLedger,
  DeviceAgent,
  inProcessChannel,
  replicate,
  virtualClock,
} from "../../../runtime/index.ts";
import { loadAutomerge } from "../../../runtime/node.ts";
import { found } from "../../runtime/stage.ts";
import { shareOf, undivided } from "../fleet.ts";
import { runGenesis } from "../genesis/run.ts";
import { vault } from "./scene.ts";

const { Fn } = ed25519.Point;

describe("a converted element", () => {
  it("is the same multiple of the base point, whatever its representative", () => {
    const scalar = fc.bigInt({ min: 1n, max: Fn.ORDER - 1n });
    const property = fc.property(scalar, (k) => {
      const element = ristretto255.Point.BASE.multiply(k);
      expect(edwardsOf(element.toBytes())).toEqual(ed25519.Point.BASE.multiply(k).toBytes());
    });
    fc.assert(property, { seed: 255, numRuns: 50 });
  });
});

describe("a key of a genesis", () => {
  it("signs as an Ed25519 key, each device on a ledger of its own", async () => {
    loadAutomerge();
    const { stage, endings } = await runGenesis(2, 3);
    const keys = endings.map(shareOf);
    const keyset = signingPackage(found(keys[0]).publicPackage);
    checkPublicKey(keyset.groupKey);
    expect(keyset.groupKey).toEqual(
      ed25519.Point.BASE.multiply(Fn.fromBytes(Uint8Array.from(undivided(keys)))).toBytes(),
    );
    keys.forEach(({ secret }, i) => {
      const point = ed25519.Point.BASE.multiply(Fn.fromBytes(Uint8Array.from(secret)));
      expect(keyset.verifyingShares[i]).toEqual(point.toBytes());
    });
    const message = new TextEncoder().encode("an event of the account");
    const members = stage.devices.map(({ id }) => id);
    const session = signingSession({
      roster: stage.roster,
      purpose: "account event",
      message,
      keyset,
      members,
      coordinator: "carol",
      signers: members,
      nonce: new Uint8Array(16),
    });
    const time = virtualClock();
    const stations = stage.devices.map((device) => {
      const ledger = new AutomergeLedger({ roster: stage.roster, device: device.id });
      return { id: device.id, ledger, agent: new DeviceAgent({ device, ledger, time }) };
    });
    stations.forEach((station, i) =>
      stations.slice(i + 1).forEach((other) => {
        const [near, far] = inProcessChannel();
        replicate(station.ledger, near, other.id);
        replicate(other.ledger, far, station.id);
      }),
    );
    const signed = await Promise.all(
      stations.map(({ agent }, i) => {
        const { secret: keyShare } = found(keys[i]);
        return signThreshold(agent, session, {
          keyShare,
          nonces: vault(),
          approve: () => accepted,
        });
      }),
    );
    for (const signature of signed) {
      expect(signature).toHaveLength(64);
      expect(signatures.verify(keyset.groupKey, message, signature)).toBe(true);
    }
  });
});
