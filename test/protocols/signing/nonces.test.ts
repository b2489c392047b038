/** No nonce signs twice: whatever a device loses, and whatever it is asked again. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NonceVault, memoryMarks, signingScripts } from "../../../protocols/index.ts";
import { signatures } from "../../../runtime/crypto/signature.ts";
import { toHex } from "../../../runtime/crypto/hash.ts";
import { seededEntropy } from "../../../runtime/crypto/entropy.ts";
import { MemoryLedger } from "../../../runtime/index.ts";
import { BurnFolder } from "../../../runtime/node.ts";
import { errorOf, found, outcomeOf, pass, untilOver } from "../../runtime/stage.ts";
import { silentAt } from "../lying.ts";
import { keyset, message, play, scene, shares, signatureOf, vault, written } from "./scene.ts";

const secret = { identifier: 2, secret: found(shares[1]).secret };
const { signer } = signingScripts;

describe("a vault", () => {
  it("gives the nonces of a commitment once, and marks them as burnt before", async () => {
    const order: string[] = [];
    const marks = { burn: (mark: string) => (order.push(mark), true) };
    const nonces = vault(marks);
    const commitment = nonces.commit("here", secret);
    expect(nonces.commit("here", secret)).toBe(commitment);
    const spent = await nonces.spend("here", commitment).then((got) => (order.push("got"), got));
    expect(spent).toHaveLength(64);
    expect(order).toEqual([toHex(commitment), "got"]);
    expect(await nonces.spend("here", commitment)).toBeUndefined();
    expect(nonces.commit("here", secret)).not.toEqual(commitment);
  });

  it("gives nothing of what another process drew, nor under another commitment", async () => {
    const commitment = vault().commit("here", secret);
    expect(await vault().spend("here", commitment)).toBeUndefined();
    const restarted = vault();
    const fresh = restarted.commit("here", secret);
    expect(fresh).not.toEqual(commitment);
    expect(await restarted.spend("here", commitment)).toBeUndefined();
    expect(await restarted.spend("here", fresh)).toBeUndefined();
  });

  it("gives nothing where its randomness comes again after a restart", async () => {
    const marks = memoryMarks();
    const process = () => new NonceVault({ marks, random: seededEntropy("same") });
    const [first, second] = [process(), process()];
    const commitment = first.commit("here", secret);
    expect(second.commit("elsewhere", secret)).toEqual(commitment);
    expect(await first.spend("here", commitment)).toHaveLength(64);
    expect(await second.spend("elsewhere", commitment)).toBeUndefined();
  });

  it("gives nothing where the mark cannot be set", async () => {
    const nonces = vault({ burn: () => Promise.reject(new Error("the disk is full")) });
    const commitment = nonces.commit("here", secret);
    await expect(nonces.spend("here", commitment)).rejects.toThrow("full");
    expect(await nonces.spend("here", commitment)).toBeUndefined();
  });

  it("gives no nonces twice in any order of calls and restarts", async () => {
    const call = fc.record({
      what: fc.constantFrom("commit", "spend", "discard", "restart"),
      place: fc.constantFrom("a", "b"),
      shown: fc.nat(5),
    });
    const property = fc.asyncProperty(fc.array(call, { maxLength: 12 }), async (calls) => {
      const marks = memoryMarks();
      let nonces = vault(marks);
      const shown: Uint8Array[] = [];
      const given: string[] = [];
      for (const { what, place, shown: index } of calls) {
        const commitment = shown[index];
        if (what === "commit") shown.push(nonces.commit(place, secret));
        else if (what === "discard") nonces.discard(place);
        else if (what === "restart") nonces = vault(marks);
        else if (commitment !== undefined) {
          const got = await nonces.spend(place, commitment);
          if (got !== undefined) given.push(toHex(got));
        }
      }
      expect(new Set(given).size).toBe(given.length);
    });
    await fc.assert(property, { seed: 9591, numRuns: 60 });
  });
});

describe("marks in a folder", () => {
  let folder = "";
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "burn-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("outlive the process", () => {
    const path = join(folder, "deep", "burnt");
    expect(new BurnFolder(path).burn("ab")).toBe(true);
    const again = new BurnFolder(path);
    expect([again.burn("ab"), again.burn("cd"), again.burn("cd")]).toEqual([false, true, false]);
  });

  it("are seen by another process that began before", () => {
    const [one, other] = [new BurnFolder(folder), new BurnFolder(folder)];
    expect([one.burn("ab"), other.burn("ab")]).toEqual([true, false]);
  });

  it("are an error where they cannot be kept, and the nonces are gone", async () => {
    const path = join(folder, "burnt");
    const nonces = vault(new BurnFolder(path));
    const commitment = nonces.commit("here", secret);
    rmSync(path, { recursive: true });
    await expect(nonces.spend("here", commitment)).rejects.toMatchObject({ code: "Storage" });
    expect(await nonces.spend("here", commitment)).toBeUndefined();
  });
});

/** What was on the ledger when only bob had committed. */
function ofBefore({ stage, session }: ReturnType<typeof scene>): MemoryLedger {
  const ledger = new MemoryLedger(stage.roster);
  for (const { step, author, bytes } of stage.ledger("alice").events({ session: session.id })) {
    if (step === "Propose" || (step === "Commit" && author === "bob")) ledger.append(bytes);
  }
  return ledger;
}

describe("a device that restarts", () => {
  it("between commitment and share gives no share; the others sign without it", async () => {
    const at = scene();
    // Bob goes first, so that he is pinned, and is killed before his share.
    const killed = play(at, "bob", { scripts: { signer: silentAt(signer, "Share") } });
    const others = ["alice", "carol", "dave", "erin"].map((device) => play(at, device));
    await pass(at.stage, 2);
    expect(written(at, "Attempt").size).toBe(1);
    expect(written(at, "Share").has("bob")).toBe(false);
    const restarted = play(at, "bob", { nonces: vault() });
    await untilOver(at.stage);
    const share = found(written<{ share: Uint8Array }>(at, "Share").get("bob"));
    expect(share.share).toHaveLength(0);
    for (const ending of await Promise.all(others)) {
      expect(signatures.verify(keyset.groupKey, message, signatureOf(ending))).toBe(true);
      expect(outcomeOf(ending).blamed).toEqual([]);
    }
    errorOf(await restarted);
    await killed;
  });

  it("after its share, and lost the ledger, gives no second share to another list", async () => {
    const at = scene();
    const nonces = vault();
    const all = ["bob", "alice", "carol", "dave", "erin"].map((device) =>
      play(at, device, device === "bob" ? { nonces } : {}),
    );
    await untilOver(at.stage);
    await Promise.all(all);
    const first = found(written<{ share: Uint8Array }>(at, "Share").get("bob")).share;
    expect(first).toHaveLength(32);
    // On a ledger of before, bob's commitment is pinned again, in another list: he is asked with the
    // same vault, then with a new one.
    for (const asked of [nonces, vault()]) {
      const ledger = ofBefore(at);
      const playing = ["bob", "alice", "dave", "erin", "carol"].map((device) =>
        play(at, device, { ledger, ...(device === "bob" ? { nonces: asked } : {}) }),
      );
      await untilOver(at.stage);
      const endings = await Promise.all(playing);
      const of = (step: string) => ledger.events({ session: at.session.id, step, iteration: 0 });
      expect(JSON.stringify(of("Attempt"))).toContain('"bob"');
      const share = of("Share").find(({ author }) => author === "bob");
      expect(found(share).payload).toEqual({ share: new Uint8Array(0) });
      expect(signatures.verify(keyset.groupKey, message, signatureOf(endings[2]))).toBe(true);
    }
  });
});
