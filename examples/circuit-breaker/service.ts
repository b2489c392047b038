/** The service: it answers, or does not. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { AnswerCall, AskService } from "./events.ts";

export interface Service {
  readonly serve: (question: string) => string;
}

export function answer({
  device,
  Forward,
}: {
  readonly device: Service;
  readonly Forward: PayloadOf<typeof AskService>;
}): PayloadOf<typeof AnswerCall> {
  return { answer: device.serve(Forward.question) };
}
