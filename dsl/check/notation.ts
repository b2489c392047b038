/** Whether the session notation can be read, and by which rule it cannot. */
import type { DiagnosticCode } from "../diagnostics.ts";
import { ProtocolError } from "../errors.ts";
import { parseSession } from "../session/session.ts";
import type { SessionTree } from "../session/tree.ts";
import type { GlobalType } from "../global.ts";
import { problemAt } from "./problem.ts";
import type { Problem } from "./problem.ts";
import { whereWritten } from "./written.ts";

/** The session of a choreography, or the problem that its notation has. */
export function readSession<Code>({
  session: notation,
  steps,
}: GlobalType<Code>): { readonly session: SessionTree } | { readonly problem: Problem<Code> } {
  try {
    return { session: parseSession(notation) };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const { what, todo } = error;
    const code = codeOf(what);
    const written = whereWritten(code, steps);
    const also = written === undefined ? [] : [written];
    return { problem: problemAt<Code>("session", { code, what, todo, also }) };
  }
}

/** The parser says what is wrong in words, which are the compiler's too; the rule is in them. */
const rules: readonly (readonly [RegExp, DiagnosticCode])[] = [
  [/ empty step| expects a step before /, "AURA1011"],
  [/ names the step '.*' twice/s, "AURA1012"],
  [/ must start with a capital letter$/, "AURA1014"],
  [/ characters long; | nests brackets deeper than /, "AURA1015"],
  [/ does not close '| closes '| cannot use '\|/, "AURA1016"],
  [/ has one (branch|block): /, "AURA1017"],
  [/ with two branches that start with '/, "AURA1018"],
  [/ has a branch that starts with '/, "AURA1303"],
  [/ goes back to '.*' before any step/s, "AURA1402"],
  [/ goes on after '/, "AURA1403"],
  [/ names a recursion '.*' inside | names a step and a recursion '/s, "AURA1405"],
  [/ goes back to '.*' out of a parallel/s, "AURA1406"],
];

function codeOf(what: string): DiagnosticCode {
  // What a sentence quotes is the author's, unless it is a mark: the words around it are looked at.
  const words = what.replaceAll(/(?<!\w)'[^']*'/g, (quoted) =>
    quoted.startsWith("'|") ? quoted : "'_'",
  );
  return rules.find(([pattern]) => pattern.test(words))?.[1] ?? "AURA1013";
}
