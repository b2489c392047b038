/** Whether each role can tell the branches of a choice apart: whether it has a projection (C2-C4). */
import type { DiagnosticCode } from "../diagnostics.ts";
import type { ConflictReason } from "../projection/conflict.ts";
import type { Branch, GlobalType } from "../global.ts";
import { localText } from "../projection/local-text.ts";
import { projection } from "../projection/project.ts";
import { problemAt } from "./problem.ts";
import type { Problem } from "./problem.ts";

const codes: Readonly<Record<ConflictReason, DiagnosticCode>> = {
  payload: "AURA1308",
  senders: "AURA1306",
  mixed: "AURA1305",
  ending: "AURA1304",
  acting: "AURA1304",
  untold: "AURA1309",
};

export function checkMerges<Code>(global: GlobalType<Code>): readonly Problem<Code>[] {
  return Object.keys(global.roles).flatMap((role) => {
    const projected = projection(global, role);
    if (projected.conflict === undefined) return [];
    const { choice, branches, reason, what, todo } = projected.conflict;
    const locals = Object.fromEntries(
      branches.map((branch) => [branch.label, localIn(branch, role, global)]),
    );
    return [problemAt(choice, { code: codes[reason], what, todo, role, also: branches, locals })];
  });
}

/** The role's local type in one branch, by itself. */
function localIn<Code>({ steps }: Branch<Code>, role: string, global: GlobalType<Code>): string {
  const { body } = projection({ ...global, steps }, role);
  if (body === undefined) return "…";
  return localText(body.at(-1)?.instruction === "Return" ? body.slice(0, -1) : body);
}
