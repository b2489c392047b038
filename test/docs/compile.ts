/** Type-checks examples against the sources of this package. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../tidy/source.ts";
import type { Finding } from "../tidy/source.ts";
import type { Example } from "./extract.ts";

/** Examples written to files of a folder of their own, below the repository. */
export interface Workspace {
  readonly folder: string;
  /** Path of the example's file. */
  readonly path: (index: number) => string;
  /** Deletes the folder. */
  readonly remove: () => void;
}

export function writeExamples(examples: readonly Example[]): Workspace {
  const folder = mkdtempSync(join(root, ".docs-check-"));
  const path = (index: number) => join(folder, `example-${index}.ts`);
  const config = {
    extends: "../tsconfig.json",
    compilerOptions: {
      moduleDetection: "force",
      paths: { "aura-choreography/*": ["../*/index.ts", "../*.ts"] },
    },
    include: ["*.ts"],
    exclude: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  for (const [index, { code }] of examples.entries()) writeFileSync(path(index), `${code}\n`);
  return { folder, path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const diagnostic = /^(.+?)\((\d+),\d+\): error TS\d+: (.*)$/gm;

/** What the compiler refuses in `examples`, at the places that they were taken from. */
export async function compileErrors(
  examples: readonly Example[],
  workspace: Workspace,
): Promise<readonly Finding[]> {
  if (examples.length === 0) return [];
  const output = await runCompiler(workspace.folder);
  const errors = [...output.matchAll(diagnostic)];
  if (output !== "" && errors.length === 0) throw new Error(output);
  const indexes = new Map(
    examples.map((_, index) => [relative(root, workspace.path(index)), index]),
  );
  return errors.flatMap(([, file = "", line, message = ""]) => {
    const example = examples[indexes.get(file) ?? -1];
    if (example === undefined) return [];
    const place = `${example.file}:${example.line + Number(line) - 1}`;
    return [{ place, what: message.replace(/\.$/, ""), todo: "Mend the example" }];
  });
}

/** The compiler's complaints; nothing where it has none. */
function runCompiler(folder: string): Promise<string> {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [compiler, "--project", folder, "--pretty", "false"],
      { cwd: root },
      (error, stdout, stderr) => {
        if (error === null) resolve("");
        else if (stdout === "") reject(new Error(stderr, { cause: error }));
        else resolve(stdout);
      },
    );
  });
}
