/** The rules of the language by number: one row a rule, whoever refuses by it. */
import { branchDiagnostics } from "./diagnostics/branches.ts";
import { knowledgeDiagnostics } from "./diagnostics/knowledge.ts";
import { lockDiagnostics } from "./diagnostics/locks.ts";
import { orderDiagnostics } from "./diagnostics/order.ts";
import { recursionDiagnostics } from "./diagnostics/recursion.ts";
import { roleDiagnostics } from "./diagnostics/roles.ts";
import { sourceDiagnostics } from "./diagnostics/source.ts";
import { timeDiagnostics } from "./diagnostics/time.ts";

export interface Diagnostic {
  /** The rule's number in the list of well-formedness conditions, C1 to C17, or its name. */
  readonly rule: string;
  /** What the rule says, in a sentence. */
  readonly title: string;
  /** Why it is a rule and what to do, for `aura explain`. */
  readonly explanation: string;
  /** A small example that breaks it. */
  readonly wrong?: string;
}

/** All rules, by code. */
export const diagnostics = Object.freeze({
  ...orderDiagnostics,
  ...roleDiagnostics,
  ...knowledgeDiagnostics,
  ...branchDiagnostics,
  ...recursionDiagnostics,
  ...lockDiagnostics,
  ...timeDiagnostics,
  ...sourceDiagnostics,
});

/** The code of a rule: `AURA1001`. */
export type DiagnosticCode = keyof typeof diagnostics;

/** Whether `code` is the code of a rule. */
export function isDiagnosticCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(diagnostics, code);
}
