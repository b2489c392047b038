/** What a reader must not find: `any`, silenced compilers and linters, notes to self, lame tests. */
import { ts } from "ts-morph";
import { commentsOf, findingAt, headOf, lineAt } from "./source.ts";
import type { Finding, Source } from "./source.ts";

export function anyTypes(source: Source): readonly Finding[] {
  return source.nodes
    .filter((node) => node.kind === ts.SyntaxKind.AnyKeyword)
    .map((node) => findingAt(source, node, "the type any", "Use unknown, and narrow it"));
}

/** Comments that switch a check off; the tests of types and messages need them. */
export function silencedChecks(source: Source): readonly Finding[] {
  return inComments(
    source,
    /@ts-(?:ignore|nocheck|expect-error)|(?:ox|es)lint-disable|(?:oxfmt|prettier)-ignore/g,
    "Make the code pass the check",
  );
}

export function notesToSelf(source: Source): readonly Finding[] {
  return inComments(source, /\b(?:TODO|FIXME|XXX|HACK)\b/g, "Do it now, or leave it out");
}

const testHeads = new Set(["it", "test", "describe", "suite"]);
const lamers = new Set(["skip", "only", "todo", "skipIf", "runIf", "fails"]);

/** Tests that do not run, or that keep others from running. */
export function lameTests(source: Source): readonly Finding[] {
  return source.nodes.flatMap((node) => {
    const mark = markOf(node);
    if (mark === undefined || !lamers.has(mark)) return [];
    const what = `a test is marked ${mark}`;
    return [findingAt(source, node, what, "Run every test: mend it or delete it")];
  });
}

/** The member `only` of `it.only`, the option `only` of `it("…", { only: true }, …)`. */
function markOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return isTest(node) ? node.name.text : undefined;
  if (!ts.isPropertyAssignment(node)) return undefined;
  const call = node.parent.parent;
  return ts.isCallExpression(call) && isTest(call) ? node.name.getText() : undefined;
}

function isTest(node: ts.Node): boolean {
  return testHeads.has(headOf(node)?.text ?? "");
}

function inComments(source: Source, pattern: RegExp, todo: string): readonly Finding[] {
  return commentsOf(source).flatMap(({ start, text }) =>
    [...text.matchAll(pattern)].map((match) => ({
      place: `${source.path}:${lineAt(source, start + match.index)}`,
      what: `a comment has ${match[0]}`,
      todo,
    })),
  );
}
