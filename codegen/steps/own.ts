/** The verbs that a role performs by itself: local, wait, check; and abort, which ends all. */
import type { CallExpression } from "ts-morph";
import { everyone } from "../../dsl/index.ts";
import type { Abort, Check, Local, Wait } from "../../dsl/index.ts";
import { argument, labelOf } from "../chain.ts";
import type { Language } from "../language.ts";
import { code, literal, optionalLiteral, readOptions, stepOptions } from "../options.ts";
import type { Options } from "../options.ts";
import type { SourceCode } from "../source.ts";

export function readLocal(call: CallExpression, language: Language): Local<SourceCode> {
  const options = stepOptions(call);
  const combines = optionalLiteral(options, "combines");
  const placed = { at: readPlace(options, language), action: code(options, "action") };
  const combined = combines === undefined ? {} : { combines };
  return { verb: "local", label: labelOf(call), ...placed, ...combined };
}

export function readWait(call: CallExpression, language: Language): Wait<SourceCode> {
  const options = stepOptions(call);
  const placed = { at: readPlace(options, language), epochs: code(options, "epochs") };
  return { verb: "wait", label: labelOf(call), ...placed };
}

export function readCheck(call: CallExpression, language: Language): Check {
  const options = stepOptions(call);
  const of = String(literal(options, "of"));
  return { verb: "check", label: labelOf(call), at: readPlace(options, language), of };
}

/** `abort("abort", options)`; the label, which is always the same, may be left out. */
export function readAbort(call: CallExpression): Abort<SourceCode> {
  const options = readOptions(argument(call, call.getArguments().length > 1 ? 1 : 0));
  return {
    verb: "abort",
    label: "abort",
    by: String(literal(options, "by")),
    reason: String(literal(options, "reason")),
    within: code(options, "within"),
  };
}

function readPlace(options: Options, language: Language): string {
  return placeIn(options, "at", language);
}

/** The role that option `name` names, or everyone. */
export function placeIn(options: Options, name: string, language: Language): string {
  const place = options.value(name);
  return language.nameOf(place) === everyone ? everyone : String(literal(options, name));
}
