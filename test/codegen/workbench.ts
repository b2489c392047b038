/** A folder for a test's own choreographies, and the command line run in it. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runCli } from "../../codegen/index.ts";

/** What one run of the command line did. */
export interface Run {
  readonly code: number;
  readonly out: readonly string[];
  readonly errors: readonly string[];
}

export interface Workbench {
  readonly folder: string;
  write(path: string, text: string | Uint8Array): void;
  read(path: string): string;
  remove(path: string): void;
  /** Names of the files in `folder`, sorted; none where there is no such folder. */
  list(folder: string): readonly string[];
  /** When `path` was last written; `age` first makes it look older. */
  written(path: string): number;
  age(path: string): void;
  aura(...args: readonly string[]): Run;
  close(): void;
}

export function workbench(): Workbench {
  const folder = mkdtempSync(join(tmpdir(), "aura-codegen-"));
  const at = (path: string) => join(folder, path);
  return {
    folder,
    write: (path, text) => {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text);
    },
    read: (path) => readFileSync(at(path), "utf8"),
    remove: (path) => rmSync(at(path), { recursive: true }),
    list: (path) => (existsSync(at(path)) ? readdirSync(at(path)).sort() : []),
    written: (path) => statSync(at(path)).mtimeMs,
    age: (path) => utimesSync(at(path), 1, 1),
    aura: (...args) => aura(folder, args),
    close: () => rmSync(folder, { recursive: true }),
  };
}

/** Runs `aura` with `args` in `cwd`. */
export function aura(cwd: string, args: readonly string[]): Run {
  const out: string[] = [];
  const errors: string[] = [];
  const code = runCli(args, {
    cwd,
    out: (line) => out.push(line),
    error: (line) => errors.push(line),
  });
  return { code, out, errors };
}

/** A right choreography, whose wrong versions the tests make. */
export const rightSource = `import { choreography, epochs, everyone, many, one, type } from "aura-choreography/dsl";
import { AbortPoll, Answer, Ask, ask, count, reply } from "./parts.ts";

export const poll = choreography("poll", {
  roles: { chair: one, voter: many },
  session: "Ask . Answer* . Count",
  params: type<object>(),
  abort: AbortPoll,
})
  .broadcast("Ask", { by: "chair", event: Ask, payload: ask, within: epochs(5) })
  .collect("Answer", { by: "voter", event: Answer, payload: reply, atLeast: 2, within: epochs(5) })
  .local("Count", { at: everyone, action: count, combines: "Answer" })
  .returns("Count");
`;

/** A wrong version of the right choreography, and what the generator says of it. */
export interface Wrong {
  readonly name: string;
  readonly edits: readonly (readonly [from: string, to: string])[];
  readonly says: readonly string[];
}

/** The right choreography with `from`, which must be in it once, replaced by `to`. */
export function edited(...edits: readonly (readonly [from: string, to: string])[]): string {
  return edits.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`not once in the source: ${from}`);
    return text.replace(from, () => to);
  }, rightSource);
}
