/** The verbs that put an event on the ledger: broadcast, send, collect, distribute. */
import type { CallExpression } from "ts-morph";
import type { Broadcast, Collect, Distribute, Send } from "../../dsl/index.ts";
import { labelOf } from "../chain.ts";
import { code, isAbsent, literal, optionalCode, stepOptions } from "../options.ts";
import type { Options } from "../options.ts";
import { refuse } from "../source.ts";
import type { SourceCode } from "../source.ts";

export function readBroadcast(call: CallExpression): Broadcast<SourceCode> {
  return { verb: "broadcast", label: labelOf(call), ...readEvent(stepOptions(call)) };
}

export function readSend(call: CallExpression): Send<SourceCode> {
  const options = stepOptions(call);
  const to = String(literal(options, "to"));
  const sealed = readSealed(options);
  return { verb: "send", label: labelOf(call), ...readEvent(options), to, ...sealed };
}

export function readCollect(call: CallExpression): Collect<SourceCode> {
  const options = stepOptions(call);
  const atLeast = literal(options, "atLeast");
  return { verb: "collect", label: labelOf(call), ...readEvent(options), atLeast };
}

export function readDistribute(call: CallExpression): Distribute<SourceCode> {
  const options = stepOptions(call);
  const to = String(literal(options, "to"));
  const atLeast = literal(options, "atLeast");
  const sealed = readSealed(options);
  return {
    verb: "distribute",
    label: labelOf(call),
    ...readEvent(options),
    to,
    atLeast,
    ...sealed,
  };
}

function readEvent(options: Options) {
  const accept = optionalCode(options, "accept");
  return {
    by: String(literal(options, "by")),
    event: code(options, "event"),
    within: code(options, "within"),
    payload: code(options, "payload"),
    ...(isAbsent(options, "onTimeout") ? { onTimeout: "absent" as const } : {}),
    ...(accept === undefined ? {} : { accept }),
  };
}

function readSealed(options: Options): { readonly sealed?: true } {
  if (!options.has("sealed")) return {};
  const value = options.value("sealed");
  if (value.getText() === "true") return { sealed: true };
  throw refuse(value, "the option 'sealed' is not the word true", "Write true, or leave it out");
}
