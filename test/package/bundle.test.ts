/** What an application ships to a device: the language alone, or one role's script. */
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { root } from "../tidy/source.ts";

interface Bundle {
  /** Files of this repository with code in the bundle. */
  readonly files: readonly string[];
  /** Modules that the bundle imports. */
  readonly imports: readonly string[];
}

async function bundle(path: string): Promise<Bundle> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [path],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    packages: "external",
    logLevel: "silent",
  });
  const outputs = Object.values(metafile.outputs);
  return {
    files: outputs.flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) =>
        bytesInOutput > 0 ? [file] : [],
      ),
    ),
    imports: outputs.flatMap((output) => output.imports.map((each) => each.path)),
  };
}

describe("a bundle", () => {
  it("of the language is only the language", async () => {
    const { files, imports } = await bundle("dsl/index.ts");
    expect(imports).toEqual([]);
    expect(files.filter((file) => !file.startsWith("dsl/"))).toEqual([]);
    expect(files).toContain("dsl/projection/project.ts");
  });

  it.each(["runtime/index.ts", "runtime/conformance.ts", "protocols/index.ts"])(
    "of %s runs outside of Node",
    async (path) => {
      const { imports, files } = await bundle(path);
      expect(files.length).toBeGreaterThan(10);
      expect(imports.filter((name) => name.startsWith("node:"))).toEqual([]);
      expect(imports).not.toContain("@automerge/automerge");
    },
  );

  it("of what is for Node does not", async () => {
    const { imports } = await bundle("runtime/node.ts");
    expect(imports).toContain("node:fs");
    expect(imports).toContain("@automerge/automerge");
  });

  it.each([
    ["coordinator", "participant"],
    ["participant", "coordinator"],
  ])("of DKD's %s has no code of the %s", async (role, other) => {
    const { files } = await bundle(`protocols/dkd/generated/dkd.${role}.ts`);
    expect(files).toContain(`protocols/dkd/actions/${role}.ts`);
    expect(files).not.toContain(`protocols/dkd/actions/${other}.ts`);
    expect(files).not.toContain("protocols/dkd/choreography.ts");
  });

  it("of DKD's choreography has the code of both", async () => {
    const { files } = await bundle("protocols/dkd/choreography.ts");
    expect(files).toContain("protocols/dkd/actions/coordinator.ts");
    expect(files).toContain("protocols/dkd/actions/participant.ts");
  });
});
