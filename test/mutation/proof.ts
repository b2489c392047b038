/**
 * What proves that a mutant is the same protocol: its payload is made by another function of the same
 * type, for an event of the same schema, and all else is as it was.
 */
import { posix } from "node:path";
import { Node } from "ts-morph";
import type { Project } from "ts-morph";
import { digestOf } from "../../codegen/digest.ts";
import { openProject } from "../../codegen/generate.ts";
import { readChoreographies } from "../../codegen/read.ts";
import { cases } from "./judge.ts";
import type { Mutant, Specimen } from "./mutants.ts";

/**
 * Programs of one structure with the right program they were made from: the digest is over all of a
 * choreography but the author's functions, and each role's script is made from that alone.
 */
export function sameStructure({ controls, mutants, source }: Specimen): ReadonlySet<string> {
  const project = openProject();
  const [right] = controls;
  const original = right === undefined ? "" : structureOf(project, right.program);
  const found = mutants.filter(
    (mutant) =>
      mutant.kind === "payload" &&
      sameSchema(project, source, mutant) &&
      structureOf(project, mutant.program) === original,
  );
  return new Set(found.map(({ program }) => program));
}

function structureOf(project: Project, program: string): string {
  const file = project.addSourceFileAtPath(`${cases}/${program}.ts`);
  const digests = readChoreographies(file, []).map(({ global }) => digestOf(global));
  project.removeSourceFile(file);
  if (digests.length === 0) throw new Error(`${program} has no structure`);
  return digests.join();
}

/** Whether both events that the mutant is about are declared with the same schema, word for word. */
function sameSchema(project: Project, source: string, { unless }: Mutant): boolean {
  if (unless === undefined) return false;
  const one = schemaOf(project, source, unless.one);
  return one !== undefined && one === schemaOf(project, source, unless.other);
}

function schemaOf(project: Project, source: string, name: string): string | undefined {
  const path = posix.join(posix.dirname(source), "events.ts");
  const call = project
    .addSourceFileAtPathIfExists(path)
    ?.getVariableDeclaration(name.replace(/^.*\./, ""))
    ?.getInitializer();
  const schema = Node.isCallExpression(call) ? call.getArguments()[1] : undefined;
  if (!Node.isCallExpression(schema)) return schema?.getText();
  // Without its type argument, which names the event's interface and is not there at run time.
  const fields = schema.getArguments().map((argument) => argument.getText());
  return `${schema.getExpression().getText()}(${fields.join()})`;
}
