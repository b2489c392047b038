/** The verbs that run another choreography: call, acquire, release. */
import type { CallExpression } from "ts-morph";
import type { Acquire, Call, Release } from "../../dsl/index.ts";
import { readCallee } from "../callee.ts";
import { labelOf } from "../chain.ts";
import { code, isAbsent, literal, readOptions, stepOptions } from "../options.ts";
import type { Options } from "../options.ts";
import { placeOf } from "../source.ts";
import type { SourceCode } from "../source.ts";

export function readCall(call: CallExpression): Call<SourceCode> {
  const options = stepOptions(call);
  const absent = isAbsent(options, "onAbort") ? { onAbort: "absent" as const } : {};
  return { verb: "call", label: labelOf(call), ...readNested(options), ...absent };
}

export function readLock(
  verb: "acquire" | "release",
  call: CallExpression,
): Acquire<SourceCode> | Release<SourceCode> {
  const options = stepOptions(call);
  const lock = String(literal(options, "lock"));
  return { verb, label: labelOf(call), lock, ...readNested(options) };
}

function readNested(options: Options) {
  const choreography = options.value("choreography");
  const { callee, scripts } = readCallee(choreography);
  const roles = readOptions(options.value("roles"));
  return {
    // The choreography itself is not imported into a script: only the callee's script is.
    choreography: {
      text: choreography.getText(),
      names: [],
      place: placeOf(choreography),
      scripts,
    },
    callee,
    roles: Object.fromEntries(roles.names.map((name) => [name, String(literal(roles, name))])),
    params: code(options, "params"),
  };
}
