/** Questions of the interpreter, and answers to them. */
import type { ScriptNode } from "../../dsl/index.ts";
import { proceed, start } from "../../runtime/index.ts";
import type { Instruction, InstructionResult, Step } from "../../runtime/index.ts";
import { scriptOf } from "./scripts.ts";

const session = {
  params: { most: 2, half: 1.5 },
  cast: { leader: "alice", crowd: ["bob", "carol"] },
};

export function begin(...nodes: readonly ScriptNode[]): Step {
  return start(scriptOf("leader", ...nodes), session);
}

export const value = (what: unknown): InstructionResult => ({ kind: "Computed", value: what });
export const heard = (text: string): InstructionResult => ({
  kind: "Event",
  event: { author: "bob", payload: { text }, hash: "aa" },
});
export const written: InstructionResult = { kind: "Written", payload: { text: "written" } };
export const chosen = (branch: string): InstructionResult => ({ kind: "Chosen", branch });

/** Answers in turn; gives the last step. */
export function after(step: Step, ...answers: readonly InstructionResult[]): Step {
  return answers.reduce(({ state }, answer) => proceed(state, answer), step);
}

/** What the script asks for, in short. */
export function brief(instruction: Instruction): string {
  if ("wanted" in instruction) {
    return `${instruction.kind} ${instruction.wanted.label}#${instruction.wanted.iteration}`;
  }
  const iteration = "iteration" in instruction ? `#${instruction.iteration}` : "";
  return "label" in instruction
    ? `${instruction.kind} ${instruction.label ?? ""}${iteration}`
    : instruction.kind;
}
