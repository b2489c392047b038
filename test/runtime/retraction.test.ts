/** A role that runs while events are taken back: it goes on as one that never had them. */
import { beforeEach, describe, expect, it } from "vitest";
import type { AnyEvent } from "../../dsl/index.ts";
import { sha256 } from "../../runtime/crypto/hash.ts";
import { signatures } from "../../runtime/crypto/signature.ts";
import type { Contribution } from "../../dsl/index.ts";
import type { Session } from "../../runtime/index.ts";
import { ACCOUNT_AUTHOR, signEvent } from "../../runtime/ledger/envelope.ts";
import type { EventBody } from "../../runtime/ledger/envelope.ts";
import { SessionMonitor } from "../../runtime/monitor/monitor.ts";
import { CausalPast } from "../../runtime/past.ts";
import { forge, write } from "./forge.ts";
import { Said, gather, say, scriptOf, sessionOf, sleep } from "./scripts.ts";
import { errorOf, found, makeDevice, outcomeOf, stageOf, untilOver } from "./stage.ts";
import type { Ending, Stage } from "./stage.ts";

const crowd = ["bob", "carol", "dave"];
const group = signatures.keyPair(sha256(Uint8Array.of(1)));

let stage: Stage;
let session: Session;

beforeEach(() => {
  stage = stageOf(4);
  session = sessionOf(stage.roster, { leader: "alice", crowd });
});

const ledger = () => stage.ledger("alice");

function inAccount(type: string, payload: unknown, step: string, fields: Partial<EventBody>) {
  const { account } = stage.roster;
  const place = { version: 1, account, session: account, step, iteration: 0, nonce: 0 } as const;
  const authorization = { kind: "threshold", generation: 1 } as const;
  const said = { parents: [], epoch: 9, type, payload, author: ACCOUNT_AUTHOR, authorization };
  return { ...place, ...said, ...fields };
}

/** What an account writes that takes a device out of it from an epoch on. */
function remove(device: string, from: number): void {
  const { publicKey, secretKey } = group;
  const payload = { groupKey: publicKey, packageHash: sha256(publicKey), threshold: 2 };
  for (const { id, signing } of stage.devices) {
    const fields = { author: id, authorization: { kind: "device" } } as const;
    const body = inAccount("AdoptGroupKey", payload, "AdoptGroupKey", fields);
    ledger().append(signEvent(body, signing.secretKey).bytes);
  }
  const gone = { device, from, reason: "lost" };
  const body = inAccount("RemoveDevice", gone, `RemoveDevice.${device}`, {});
  expect(ledger().append(signEvent(body, secretKey).bytes).status).toBe("admitted");
}

function vote(author: string, text: string, fields: Partial<EventBody> = {}) {
  const type: AnyEvent = Said;
  return write(ledger(), makeDevice(author), session, "Votes", type, { text }, fields);
}

const play = (atLeast: number) =>
  stage.play({
    script: scriptOf("leader", gather("Votes", "crowd", atLeast)),
    session,
    device: "alice",
  });

const authorsOf = (ending: Ending) =>
  (outcomeOf(ending).result as readonly Contribution<unknown>[]).map(({ author }) => author);

describe("a contribution that followed an event that is taken back", () => {
  const follow = () => {
    const note = write(
      ledger(),
      makeDevice("carol"),
      session,
      "Note",
      Said,
      { text: "!" },
      { epoch: 5 },
    );
    return { note, bob: vote("bob", "yes", { parents: [note.hash], epoch: 5 }) };
  };

  it("counts no more, and is no parent of what comes next", async () => {
    const { bob } = follow();
    const alice = play(2);
    await stage.settle();
    remove("carol", 3);
    vote("dave", "yes", { parents: [] });
    await untilOver(stage);
    expect(errorOf(await alice).what).toContain("1 of 2 came");
    const [own] = ledger().events({
      session: session.id,
      authors: ["alice"],
      step: "aborted.leader",
    });
    expect(own?.parents).not.toContain(bob.hash);
  });

  it("has a past that is not whole, until the event is here again", () => {
    const past = new CausalPast(ledger());
    const { note, bob } = follow();
    const stop = ledger().onRetract(({ hash }) => void past.forget(hash));
    expect(past.isWhole(bob)).toBe(true);
    remove("carol", 3);
    expect(ledger().get(note.hash)).toBeUndefined();
    expect(past.isWhole(bob)).toBe(false);
    stop();
  });
});

describe("a contribution that is taken back", () => {
  it("wakes a wait that it alone stood in the way of", async () => {
    vote("bob", "yes");
    const first = vote("carol", "yes", { epoch: 2 });
    vote("carol", "no", { epoch: 6, parents: [first.hash] });
    const alice = play(2);
    await stage.settle();
    expect(stage.running()).toBe(1);
    remove("carol", 4);
    await stage.settle();
    expect(stage.running()).toBe(0);
    expect(authorsOf(await alice)).toEqual(["bob", "carol"]);
  });

  it("is no longer on the ledger, and what is forged later in its name waits", async () => {
    const alice = play(2);
    vote("bob", "yes");
    await stage.settle();
    remove("carol", 4);
    const late = forge(makeDevice("carol"), session, "Votes", Said, { text: "late" }, { epoch: 8 });
    expect(ledger().append(late.bytes)).toMatchObject({ reason: "NotAMember" });
    await untilOver(stage);
    expect(errorOf(await alice).code).toBe("Timeout");
  });
});

describe("a contribution that its author crowds out with forks, once a role has acted on it", () => {
  it("comes back with what the role writes next, which nobody can say came too soon", async () => {
    const votes = Array.from({ length: 40 }, (_, at) =>
      forge(makeDevice("bob"), session, "Votes", Said, { text: `${at}` }),
    ).sort((a, b) => (a.hash < b.hash ? 1 : -1));
    // Nobody can name the forks: their past is not here.
    const parents = ["ab".repeat(32)];
    const [first] = votes;
    const forks = Array.from({ length: 60 }, (_, at) =>
      forge(makeDevice("bob"), session, `Noise${at}`, Said, { text: "!" }, { parents }),
    ).filter(({ hash }) => hash < found(first).hash);
    const script = scriptOf("leader", gather("Votes", "crowd", 1), sleep("Nap", 2), say("Go", "!"));
    const alice = stage.play({ script, session, device: "alice" });
    ledger().append(found(first).bytes);
    await stage.settle();
    for (const { bytes } of forks) ledger().append(bytes);
    expect(ledger().get(found(first).hash)).toBeUndefined();
    await untilOver(stage);
    outcomeOf(await alice);
    expect(ledger().get(found(first).hash)).toEqual(first);
    const scripts = { leader: script };
    const get = (hash: string) => ledger().get(hash);
    const monitor = new SessionMonitor({ session, scripts, get });
    const own = ledger().events({ session: session.id, authors: ["alice"] });
    expect(own.map((event) => monitor.judge(event).status)).toEqual(own.map(() => "conforms"));
  });
});
