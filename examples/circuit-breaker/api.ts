/** The client's side: it calls as long as it has questions. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { AskService, QuitCalls } from "./events.ts";

export interface Client {
  readonly questions: readonly string[];
}

interface Calling {
  readonly device: Client;
  readonly turn: number;
}

export function decideCall({ device, turn }: Calling): "Ask" | "Quit" {
  return turn < device.questions.length ? "Ask" : "Quit";
}

export function ask({ device, turn }: Calling): PayloadOf<typeof AskService> {
  return { question: device.questions[turn] ?? "" };
}

export function quit({ turn }: Calling): PayloadOf<typeof QuitCalls> {
  return { calls: turn };
}
