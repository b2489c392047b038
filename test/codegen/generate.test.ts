/**
 * The scripts in the repository are what their choreographies project to. After a change of the
 * generator: `npm run generate && node dist/codegen/main.js generate test/codegen/fixtures/poll.ts`,
 * and read the difference.
 */
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { generate } from "../../codegen/index.ts";
import { readmeSource } from "../messages/readme.ts";
import { root } from "../tidy/source.ts";
import { aura, rightSource, workbench } from "./workbench.ts";

const run = promisify(execFile);

const golden = "test/codegen/fixtures/poll.ts";
const protocols = readdirSync("protocols", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `protocols/${name}/choreography.ts`);

describe("the generated scripts", () => {
  it("of every protocol are current", () => {
    expect(protocols).toContain("protocols/dkd/choreography.ts");
    expect(protocols).toContain("protocols/genesis/choreography.ts");
    expect(aura(root, ["generate", "--check", ...protocols])).toEqual({
      code: 0,
      out: [],
      errors: [],
    });
  });

  it("of the README's choreography can be made", () => {
    const bench = workbench();
    bench.write("poll.ts", readmeSource());
    const paths = ["generated/poll.host.ts", "generated/poll.voter.ts"];
    const out = paths.map((path) => `written ${path}`);
    expect(bench.aura("generate", "poll.ts")).toEqual({ code: 0, out, errors: [] });
    bench.close();
  });

  it("seal at the sender and open at the receiver", () => {
    const bench = workbench();
    const source = rightSource
      .replace("chair: one,", "chair: one, clerk: one,")
      .replace('"Ask . Answer* . Count"', '"Tell . Ask . Answer* . Count"')
      .replace(
        ".broadcast(",
        '.send("Tell", { by: "chair", to: "clerk", sealed: true, event: Ask, payload: ask, within: epochs(5) })\n  .broadcast(',
      );
    bench.write("poll.ts", source);
    expect(bench.aura("generate", "poll.ts").errors).toEqual([]);
    const texts = ["chair", "clerk", "voter"].map((role) =>
      bench.read(`generated/poll.${role}.ts`),
    );
    expect(texts.map((text) => text.includes('sealedTo: "clerk"'))).toEqual([true, false, false]);
    expect(texts.map((text) => text.includes("sealed: true"))).toEqual([false, true, false]);
    bench.write("poll.ts", source.replace("sealed: true", "sealed: 1 > 0"));
    const [error] = bench.aura("generate", "poll.ts").errors;
    expect(error).toContain("the option 'sealed' is not the word true");
    bench.close();
  });

  it("have a sleep at those who sleep, by a span or by a parameter", () => {
    const bench = workbench();
    const steps = [
      '.wait("Pause", { at: everyone, epochs: epochs(3) })',
      '.wait("Cooldown", { at: "chair", epochs: "cooldown" })',
      ".broadcast(",
    ];
    const source = rightSource
      .replace('"Ask . Answer* . Count"', '"Pause . Cooldown . Ask . Answer* . Count"')
      .replace(".broadcast(", steps.join("\n  "));
    bench.write("poll.ts", source);
    expect(bench.aura("generate", "poll.ts").errors).toEqual([]);
    const pause = '{ instruction: "WaitEpochs", label: "Pause", epochs: epochs(3) },';
    const cooldown = '{ instruction: "WaitEpochs", label: "Cooldown", epochs: "cooldown" },';
    const [chair, voter] = ["chair", "voter"].map((role) =>
      bench.read(`generated/poll.${role}.ts`),
    );
    expect([chair?.includes(pause), voter?.includes(pause)]).toEqual([true, true]);
    expect([chair?.includes(cooldown), voter?.includes(cooldown)]).toEqual([true, false]);
    bench.close();
  });

  it("of the fixture are current, one for each role", () => {
    expect(generate({ files: [golden], cwd: root, check: true })).toEqual({
      outcomes: [
        { path: "test/codegen/fixtures/generated/poll.chair.ts", status: "current" },
        { path: "test/codegen/fixtures/generated/poll.voter.ts", status: "current" },
      ],
      refused: [],
    });
  });

  it("are formatted as if by hand", async () => {
    const folders = [
      "test/codegen/fixtures/generated",
      ...protocols.map((path) => path.replace("choreography.ts", "generated")),
    ];
    const { stdout } = await run("node_modules/.bin/oxfmt", ["--check", ...folders], { cwd: root });
    expect(stdout).toContain("All matched files use the correct format");
  });

  it("of one role need no other role's actions", async () => {
    const { chair } = await import("./fixtures/generated/poll.chair.ts");
    const { voter } = await import("./fixtures/generated/poll.voter.ts");
    const labels = (steps: readonly { readonly label: string }[]) =>
      steps.map(({ label }) => label);
    expect(labels(chair.steps)).toEqual([
      "Open",
      "Vote",
      "Count",
      "Witness",
      "Notes",
      "Seal",
      "Summary",
      "Announce",
      "Announce",
    ]);
    expect(labels(voter.steps)).toEqual([
      "Open",
      "Vote",
      "Vote",
      "Count",
      "Witness",
      "Witness",
      "Seal",
      "Seal",
      "Summary",
      "Announce",
      "Announce",
    ]);
    expect(chair.digest).toBe(voter.digest);
  });
});
