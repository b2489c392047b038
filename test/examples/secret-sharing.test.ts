/** Secret sharing with refreshed shares, between a dealer and four holders. */
import { expect, it } from "vitest";
import { dealer } from "../../examples/secret-sharing/generated/secret-sharing.dealer.ts";
import { holder } from "../../examples/secret-sharing/generated/secret-sharing.holder.ts";
import { lying, silentAt } from "../protocols/lying.ts";
import { perform } from "./theatre.ts";

const holders = ["bob", "carol", "dave", "erin"];
const secret = new Uint8Array(32).fill(7);
const play = (instead = {}, threshold = 3) =>
  perform({
    scripts: { dealer, holder },
    cast: { dealer: "alice", holder: holders },
    params: { threshold },
    inputs: { alice: { secret } },
    instead,
  });

const asNumber = BigInt(`0x${Buffer.from(secret.toReversed()).toString("hex")}`);

it.each([1, 2, 3, 4])("opens the secret to everyone from %d shares", async (threshold) => {
  const { outcome } = await play({}, threshold);
  for (const device of ["alice", ...holders]) expect(outcome(device).result).toBe(asNumber);
});

it("opens it without those that open nothing", async () => {
  const { outcome } = await play({ erin: silentAt(holder, "Open") });
  for (const device of ["alice", ...holders]) expect(outcome(device).result).toBe(asNumber);
});

it("shows no dealt share to other devices, nor opens one that was dealt", async () => {
  const { stage, session, outcome } = await play();
  for (const device of holders) {
    const { Share, Open } = outcome(device).facts as Readonly<
      Record<string, { share: Uint8Array }>
    >;
    const dealt = Buffer.from(Share?.share ?? []);
    for (const { bytes } of stage.ledger("alice").events({ session: session.id })) {
      expect(Buffer.from(bytes).includes(dealt)).toBe(false);
    }
    expect(Open).not.toEqual(Share);
  }
});

it("blames a holder that refreshes with what is no scalar", async () => {
  const cheat = lying(holder, "Refresh", () => ({ share: new Uint8Array(32).fill(255) }));
  const { error } = await play({ bob: cheat });
  expect(error("carol").blamed).toMatchObject([{ device: "bob", reason: "MalformedPayload" }]);
});

it("ends where a holder does not refresh", async () => {
  const { error } = await play({ bob: silentAt(holder, "Refresh") });
  expect(error("carol")).toMatchObject({ code: "Timeout", where: { step: "Refresh" } });
});
