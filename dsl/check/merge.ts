/** Whether each role can tell the branches of a choice apart: whether it has a projection (C2-C4). */
import type { DiagnosticCode } from "../diagnostics.ts";
import type { ConflictReason } from "../conflict.ts";
import type { GlobalType } from "../global.ts";
import { projection } from "../project.ts";
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
    return [problemAt(choice, { code: codes[reason], what, todo, role, also: branches })];
  });
}
