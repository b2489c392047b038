/** Events and an opened choreography for the type tests. */
import {
  accepted,
  choreography,
  epochs,
  event,
  many,
  one,
  rejected,
  type,
} from "../../dsl/index.ts";
import type { AbortPayload, PayloadSchema } from "../../dsl/index.ts";

/** A schema for the compiler: the type tests run no code. */
declare function schema<T>(): PayloadSchema<T>;

export interface Question {
  readonly text: string;
}

export interface Answer {
  readonly votes: number;
}

export interface SurveyParams {
  readonly quorum: number;
  readonly topic: string;
}

export const Ask = event("Ask", schema<Question>(), "device");
export const Reply = event("Reply", schema<Answer>(), "device");
export const OtherAbort = event("OtherAbort", schema<AbortPayload>(), "device");
export const Abort = event("Abort", schema<AbortPayload>(), "device");

export const open = choreography("survey", {
  roles: { asker: one, answerer: many },
  session: "Question . Answer* . Total . Publish",
  params: type<SurveyParams>(),
  abort: Abort,
});

export const asked = open.broadcast("Question", {
  by: "asker",
  event: Ask,
  payload: ({ params }) => ({ text: params.topic }),
  within: epochs(1),
});

export const answered = asked.collect("Answer", {
  by: "answerer",
  event: Reply,
  payload: ({ Question }) => ({ votes: Question.text.length }),
  atLeast: "quorum",
  within: epochs(1),
});

export const answeredByAll = asked.collect("Answer", {
  by: "answerer",
  event: Reply,
  payload: ({ Question }) => ({ votes: Question.text.length }),
  atLeast: "all",
  within: epochs(1),
});

export const totalled = answered.local("Total", {
  at: "asker",
  action: ({ Answer }) => Answer.length,
});

export const survey = totalled
  .broadcast("Publish", {
    by: "asker",
    event: Reply,
    payload: ({ Total }) => ({ votes: Total }),
    accept: ({ votes }) => (votes >= 0 ? accepted : rejected("Negative", "it counts backwards")),
    within: epochs(1),
  })
  .returns("Publish");
