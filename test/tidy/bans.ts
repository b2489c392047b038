/** What a reader must not find: `any`, silenced compilers and linters, notes to self, lame tests. */
import { Node, SyntaxKind, ts } from "ts-morph";
import { findingAt, headOf } from "./source.ts";
import type { Finding, Source } from "./source.ts";

export function anyTypes(source: Source): readonly Finding[] {
  return source.ast
    .getDescendantsOfKind(SyntaxKind.AnyKeyword)
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
  return source.ast.getDescendants().flatMap((node) => {
    const isLame =
      (Node.isPropertyAccessExpression(node) && lamers.has(node.getName()) && isTest(node)) ||
      (Node.isPropertyAssignment(node) && lamers.has(node.getName()) && isTestOption(node));
    if (!isLame) return [];
    const what = `a test is marked ${node.getName()}`;
    return [findingAt(source, node, what, "Run every test: mend it or delete it")];
  });
}

function isTest(node: Node): boolean {
  return testHeads.has(headOf(node)?.getText() ?? "");
}

function isTestOption(property: Node): boolean {
  const call = property.getParent()?.getParent();
  return Node.isCallExpression(call) && isTest(call);
}

function inComments(source: Source, pattern: RegExp, todo: string): readonly Finding[] {
  return commentsOf(source).flatMap(({ start, text }) =>
    [...text.matchAll(pattern)].map((match) => {
      const { line } = source.ast.getLineAndColumnAtPos(start + match.index);
      return { place: `${source.path}:${line}`, what: `a comment has ${match[0]}`, todo };
    }),
  );
}

/** Comments and white space: what stands between the tokens. */
function commentsOf(source: Source): readonly { start: number; text: string }[] {
  const file = source.ast.compilerNode;
  const gaps: { start: number; text: string }[] = [];
  let start = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(file);
    if (children.length > 0) {
      for (const child of children) visit(child);
      return;
    }
    gaps.push({ start, text: file.text.slice(start, node.getStart(file)) });
    start = node.getEnd();
  };
  visit(file);
  return gaps;
}
