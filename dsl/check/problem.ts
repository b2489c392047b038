/** A broken rule: which, where, and what to do. */
import type { DiagnosticCode } from "../diagnostics.ts";
import type { Branch, GlobalStep } from "../global.ts";

/** A part of a choreography: the very object of it, or a part that is no step. */
export type Part<Code> = GlobalStep<Code> | Branch<Code> | "head" | "session" | "end";

/** One broken rule. */
export interface Problem<Code> {
  readonly code: DiagnosticCode;
  /** The part that breaks it. */
  readonly at: Part<Code>;
  /** Other parts that have to do with it. */
  readonly also: readonly Part<Code>[];
  /** The role that it is about. */
  readonly role?: string;
  /** Label of the step or branch that breaks it. */
  readonly step?: string;
  /** What is wrong: a sentence without its full stop. */
  readonly what: string;
  /** What to do: a sentence without its full stop. */
  readonly todo: string;
  /** What the role would do in each of two branches, where it cannot tell them apart. */
  readonly locals?: Readonly<Record<string, string>>;
}

/** What there is to say of a part. */
export type Fault<Code> = Pick<Problem<Code>, "code" | "what" | "todo"> &
  Partial<Pick<Problem<Code>, "also" | "role" | "locals">>;

/** The problem that `fault` is at `at`. */
export function problemAt<Code>(at: Part<Code>, fault: Fault<Code>): Problem<Code> {
  const { code, what, todo, role, locals, also = [] } = fault;
  const step = typeof at === "string" ? {} : { step: at.label };
  const whose = role === undefined ? {} : { role };
  const apart = locals === undefined ? {} : { locals: Object.freeze(locals) };
  const where = { at, also: Object.freeze([...also]), ...whose, ...step };
  return Object.freeze({ code, ...where, what, todo, ...apart });
}
