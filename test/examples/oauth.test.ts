/** OAuth 2, run between the owner of an account, an app and the server. */
import { describe, expect, it } from "vitest";
import { app } from "../../examples/oauth/generated/oauth.app.ts";
import { owner } from "../../examples/oauth/generated/oauth.owner.ts";
import { server } from "../../examples/oauth/generated/oauth.server.ts";
import { lying } from "../protocols/lying.ts";
import { errorOf } from "../runtime/stage.ts";
import { expectAllWell, factsOf, perform } from "./theatre.ts";

const scripts = { owner, app, server };

const inputsWith = (...passwords: readonly string[]) => ({
  owner: { user: "ada", passwords },
  app: { scope: "calendar" },
  server: { accounts: { ada: "difference" }, attempts: 3 },
});

describe("OAuth", () => {
  it.each([0, 1, 2])("gives the app a token after %i wrong passwords", async (wrong) => {
    const passwords = [...Array.from({ length: wrong }, () => "?"), "difference"];
    const played = await perform({ scripts, inputs: inputsWith(...passwords) });
    expectAllWell(played);
    expect(played.said.filter((step) => step === "Retry")).toHaveLength(wrong);
    const { Token } = factsOf(played, "bob");
    expect(Token).toEqual({ token: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(factsOf(played, "carol")["Token"]).toEqual(Token);
  });

  it("denies access after three wrong passwords", async () => {
    const played = await perform({ scripts, inputs: inputsWith("a", "b", "c") });
    expectAllWell(played);
    expect(played.said.slice(-2)).toEqual(["Deny", "Denied"]);
    expect(factsOf(played, "bob")).not.toHaveProperty("Token");
  });

  it("keeps passwords and tokens off the ledger", async () => {
    const played = await perform({ scripts, inputs: inputsWith("difference") });
    const { Token } = factsOf(played, "bob") as { Token: { token: string } };
    for (const { bytes } of played.stage.ledger("alice").events({ session: played.session.id })) {
      expect(Buffer.from(bytes).includes("difference")).toBe(false);
      expect(Buffer.from(bytes).includes(Token.token)).toBe(false);
    }
  });

  it.each([
    [{ code: "00" }, "UnknownCode"],
    [{ verifier: "00" }, "WrongVerifier"],
  ])("blames an app that shows %j", async (lie, reason) => {
    const cheat = lying(app, "Exchange", (honest: object) => ({ ...honest, ...lie }));
    const played = await perform({
      scripts: { ...scripts, app: cheat },
      inputs: inputsWith("difference"),
    });
    expect(errorOf(played.endings.get("carol")).blamed).toMatchObject([{ device: "bob", reason }]);
    expect(errorOf(played.endings.get("bob")).code).toBe("Aborted");
  });
});
