/** DKD among honest devices: one key, whoever takes part, and nowhere but on the devices. */
import { describe, expect, it } from "vitest";
import { openBlind } from "../../../protocols/dkd/blind.ts";
import { dkdScripts } from "../../../protocols/index.ts";
import { toHex } from "../../../runtime/crypto/hash.ts";
import { DeviceAgent, MemoryLedger } from "../../../runtime/index.ts";
import { deliver } from "../../runtime/forge.ts";
import { deviceNames, errorOf, found, outcomeOf, stageOf, untilOver } from "../../runtime/stage.ts";
import {
  dealShares,
  derive,
  deriveAll,
  dkdSession,
  keyOf,
  referenceKey,
  undivided,
} from "../fleet.ts";
import { leaksOf } from "../leaks.ts";

const shares = dealShares(3, 5);
const everyone: readonly string[] = deviceNames;
const three = everyone.slice(0, 3);

function subsets(items: readonly string[], size: number): readonly (readonly string[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) =>
    subsets(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]),
  );
}

async function keysOf(
  devices: readonly string[],
  changes: Parameters<typeof dkdSession>[3] = {},
  nonce = 0,
) {
  const stage = stageOf(5);
  const session = dkdSession(stage, shares, devices, changes, nonce);
  const endings = await deriveAll(stage, session, shares, devices);
  return { session, keys: endings.map(keyOf), stage, endings };
}

describe("the key", () => {
  it("is that of the undivided key on every device, for each three of five", async () => {
    const quorums = subsets(everyone, 3);
    expect(quorums).toHaveLength(10);
    for (const quorum of quorums) {
      const { keys, session, endings } = await keysOf(quorum);
      const reference = referenceKey(shares, session.params);
      expect(keys, quorum.join()).toEqual([reference, reference, reference]);
      for (const ending of endings) expect(outcomeOf(ending).blamed).toEqual([]);
    }
  });

  it("is the same with more devices, another coordinator and another nonce", async () => {
    const { keys, session } = await keysOf(everyone.toReversed(), {}, 1);
    const reference = referenceKey(shares, session.params);
    expect(keys).toEqual(Array(5).fill(reference));
  });

  it("is another for another context, application, account or key set", async () => {
    const publicKeys = await Promise.all(
      [{}, { context: "outbox" }, { application: "chat" }, { account: "ff" }].map(async (changes) =>
        toHex(found((await keysOf(three, changes)).keys[0]).publicKey),
      ),
    );
    const other = dealShares(3, 5, "another key");
    const stage = stageOf(5);
    const session = dkdSession(stage, other, three);
    const [ending] = await deriveAll(stage, session, other, three);
    publicKeys.push(toHex(keyOf(ending).publicKey));
    expect(new Set(publicKeys).size).toBe(5);
  });

  it("does not shift between application and context", async () => {
    const [ab, a] = await Promise.all([
      keysOf(three, { application: "ab", context: "c" }),
      keysOf(three, { application: "a", context: "bc" }),
    ]);
    expect(found(ab.keys[0]).publicKey).not.toEqual(found(a.keys[0]).publicKey);
  });

  it("comes out of agents, too", async () => {
    const stage = stageOf(5);
    const session = dkdSession(stage, shares, three);
    const outcomes = await Promise.all(
      three.map((id, index) => {
        const device = stage.device(id);
        const agent = new DeviceAgent({ device, ledger: stage.ledger(id), time: stage.clock });
        const keyShare = found(shares[index]).secret;
        return agent.run(session, dkdScripts, { sealing: device.sealing, keyShare });
      }),
    );
    const results = outcomes.flatMap((roles) => Object.values(roles).map(({ result }) => result));
    expect(results).toEqual(Array(4).fill(referenceKey(shares, session.params)));
  });
});

describe("silent devices", () => {
  it("are not waited for while the others are enough", async () => {
    const stage = stageOf(5);
    const session = dkdSession(stage, shares, everyone);
    const endings = await deriveAll(stage, session, shares, ["alice", "carol", "erin"]);
    const reference = referenceKey(shares, session.params);
    expect(endings.map(keyOf)).toEqual([reference, reference, reference]);
    expect(stage.clock.epoch()).toBe(0);
  });

  it("are named when too few are left", async () => {
    const stage = stageOf(5);
    const session = dkdSession(stage, shares, everyone);
    const endings = deriveAll(stage, session, shares, ["alice", "bob"]);
    await untilOver(stage);
    for (const ending of await endings) {
      const error = errorOf(ending);
      expect(error).toMatchObject({ code: "Timeout", blamed: [], where: { step: "Commit" } });
      expect(error.what).toBe("2 of 3 came by epoch 10; not heard from: carol, dave, erin");
    }
    const aborts = stage.ledger("alice").events({ session: session.id, type: "AbortDkdSession" });
    expect(aborts.map(({ author, step }) => `${author} ${step}`).toSorted()).toEqual([
      "alice aborted.coordinator",
      "alice aborted.participant",
      "bob aborted.participant",
    ]);
  });

  it("among them the coordinator, are named too", async () => {
    const stage = stageOf(5);
    const session = dkdSession(stage, shares, everyone);
    const endings = deriveAll(stage, session, shares, ["bob", "carol", "dave"]);
    await untilOver(stage);
    for (const ending of await endings) {
      expect(errorOf(ending).what).toBe("0 of 1 came by epoch 10; not heard from: alice");
    }
  });

  it("are not waited for at all by a session of fewer than the threshold", async () => {
    const stage = stageOf(5);
    const session = dkdSession(stage, shares, ["alice", "bob"]);
    const endings = await deriveAll(stage, session, shares, ["alice", "bob"]);
    expect(errorOf(endings[0])).toMatchObject({
      code: "Infeasible",
      what: "the step waits for 3 of 2 participant devices",
    });
    expect(stage.clock.epoch()).toBe(0);
  });
});

describe("a device that runs again", () => {
  it("after the end, writes nothing more and has the same key", async () => {
    const { stage, session, keys } = await keysOf(everyone);
    const before = stage.ledger("alice").events({ session: session.id });
    const again = await deriveAll(stage, session, shares, everyone);
    expect(again.map(keyOf)).toEqual(keys);
    expect(stage.ledger("alice").events({ session: session.id })).toEqual(before);
  });

  it("after a kill at any of its instructions, reveals what it committed to", async () => {
    const { stage, session, keys } = await keysOf(three);
    const events = stage.ledger("alice").events({ session: session.id });
    for (const cut of [1, 3, 5, 7]) {
      const ledger = new MemoryLedger(stage.roster);
      for (const { bytes } of events.slice(0, cut)) ledger.append(bytes);
      const endings = await Promise.all(
        three.map((device) => derive(stage, session, shares, device, { ledger })),
      );
      expect(endings.map(keyOf)).toEqual(keys);
      expect(endings.flatMap((ending) => outcomeOf(ending).blamed)).toEqual([]);
      // Both runs together are still one: nothing was said in two ways.
      deliver(stage.ledger("alice"), ledger, session);
      for (const { author, step } of events) {
        const slot = { session: session.id, step, iteration: 0, author };
        expect(ledger.equivocation(slot), `${cut} ${step} ${author}`).toEqual([]);
      }
    }
  });
});

describe("secrets", () => {
  it("are on no ledger and in no notice", async () => {
    const { stage, session, keys } = await keysOf(everyone);
    const events = stage.ledger("alice").events({ session: session.id });
    const { sealing } = stage.device("bob");
    const initiation = found(events.find(({ step }) => step === "Initiate")).payload;
    const opening = {
      session: session.id,
      params: session.params,
      self: "bob",
      device: { sealing },
    };
    const blindScalar = await openBlind({ ...opening, Initiate: initiation } as never);
    const [key] = keys.map(({ secretKey }) => secretKey);
    const secrets = {
      key: found(key),
      blindScalar,
      undivided: undivided(shares),
      ...Object.fromEntries(shares.map(({ secret }, index) => [`share ${index}`, secret])),
      ...Object.fromEntries(
        stage.devices.flatMap(({ id, signing, sealing: pair, entropySecret }) => [
          [`signing ${id}`, signing.secretKey],
          [`sealing ${id}`, pair.secretKey],
          [`entropy ${id}`, entropySecret],
        ]),
      ),
    };
    const places = [...events.map(({ bytes }) => bytes), ...stage.notices];
    expect(leaksOf(places, secrets)).toEqual([]);
    // The search does find what is there.
    const { publicKey } = found(keys[0]);
    expect(leaksOf(places, { publicKey })).toEqual(["publicKey"]);
    expect(leaksOf([{ text: `is ${toHex(blindScalar)}` }], secrets)).toEqual(["blindScalar"]);
  });

  it("stay out of the messages of errors", async () => {
    const stage = stageOf(5);
    const session = dkdSession(stage, shares, everyone);
    const endings = deriveAll(stage, session, shares, ["alice", "bob"]);
    await untilOver(stage);
    const errors = (await endings).map(errorOf);
    const secrets = Object.fromEntries(shares.map(({ secret }, index) => [`${index}`, secret]));
    expect(
      leaksOf(
        errors.map(({ message }) => message),
        secrets,
      ),
    ).toEqual([]);
  });
});
