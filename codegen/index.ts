/** The compiler: choreographies read from source, checked, projected, written as local scripts. */
export { runCli } from "./cli.ts";
export type { CliHost } from "./cli.ts";
export { generate } from "./generate.ts";
export type { GenerateOptions, GenerateReport } from "./generate.ts";
export type { GenerateOutcome } from "./settle.ts";
