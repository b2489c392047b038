/** Which options each verb takes: a misspelt one would be as if it were not there. */
import type { GlobalStep } from "../global.ts";

type Verb = GlobalStep<unknown>["verb"];

const communication = ["by", "event", "payload", "within", "onTimeout", "accept"];
const nested = ["choreography", "roles", "params"];

const optionNames: Readonly<Record<Verb, readonly string[]>> = Object.freeze({
  broadcast: communication,
  send: [...communication, "to", "sealed"],
  collect: [...communication, "atLeast"],
  distribute: [...communication, "to", "atLeast", "sealed"],
  local: ["at", "action", "combines"],
  wait: ["at", "epochs"],
  check: ["at", "of"],
  choice: ["by", "decide", "branches"],
  rec: ["atMost"],
  again: [],
  parallel: [],
  call: [...nested, "onAbort"],
  acquire: [...nested, "lock"],
  release: [...nested, "lock"],
  abort: ["by", "reason", "within"],
});

/** What is wrong with the options that `verb` was given; `undefined` where it knows them all. */
export function optionFault(
  verb: string,
  given: readonly string[],
): { readonly what: string; readonly todo: string; readonly option: string } | undefined {
  const names = Object.entries(optionNames).find(([name]) => name === verb)?.[1] ?? [];
  const option = given.find((name) => !names.includes(name));
  if (option === undefined) return undefined;
  const what = `'${option}' is no option of ${verb}`;
  return { what, todo: `Use ${names.join(", ")}`, option };
}
