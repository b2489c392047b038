/** A choreography with every verb, and the one that it calls, as files of a workbench. */
import { readFileSync } from "node:fs";
import type { ProtocolError } from "../../dsl/index.ts";
import { openProject } from "../../codegen/generate.ts";
import { readChoreographies } from "../../codegen/read.ts";
import type { SourceChoreography } from "../../codegen/read.ts";
import type { Workbench } from "./workbench.ts";

/** The text of a file of the fixture. */
export const fixture = (path: string) =>
  readFileSync(`test/codegen/fixtures/every/${path}`, "utf8");

export const tripPath = "trip/choreography.ts";
export const lockingPath = "locking/choreography.ts";
export const tripSource = fixture(tripPath);
export const lockingSource = fixture(lockingPath);

/** Writes both choreographies, the first with `edits` in it. */
export function writeTrip(
  bench: Workbench,
  ...edits: readonly (readonly [from: string, to: string])[]
): void {
  bench.write(lockingPath, lockingSource);
  bench.write(tripPath, changed(tripSource, edits));
}

/** `text` with each `from`, which must be in it once, replaced by `to`. */
export function changed(
  text: string,
  edits: readonly (readonly [from: string, to: string])[],
): string {
  return edits.reduce((before, [from, to]) => {
    if (before.split(from).length !== 2) throw new Error(`not once in the source: ${from}`);
    return before.replace(from, () => to);
  }, text);
}

/** The only choreography of a file of `bench`, as it is read. */
export function readIn(bench: Workbench, path: string): SourceChoreography {
  const refused: ProtocolError[] = [];
  const file = openProject().addSourceFileAtPath(`${bench.folder}/${path}`);
  const [first] = readChoreographies(file, refused);
  if (first === undefined) throw new Error(refused.map(({ message }) => message).join("\n"));
  return first;
}
