/** Knowledge: a role uses what it knows, and decides for others by what all agree on. */
import { expectAssignable, expectError, expectNotAssignable, expectType } from "tsd";
import { epochs, everyone } from "../../dsl/index.ts";
import type { Agreed, Collected, View } from "../../dsl/index.ts";
import { Reply, answered, answeredByAll, asked, open, totalled } from "./events.ts";
import type { Answer, Question } from "./events.ts";

const reply = { by: "answerer", event: Reply, atLeast: 1, within: epochs(1) } as const;
const publish = { by: "asker", event: Reply, within: epochs(1) } as const;

// What a step made known, later steps see, under its label.
asked.collect("Answer", {
  ...reply,
  payload: ({ Question: question, params, self, cast }) => {
    expectType<Agreed<Question>>(question);
    expectType<string>(params.topic);
    expectType<string>(self);
    expectType<string>(cast.asker);
    expectType<readonly string[]>(cast.answerer);
    return { votes: 1 };
  },
});

// A value that a later step makes is not known yet.
expectError(
  open.broadcast("Question", { ...publish, payload: ({ Answer: later }) => ({ text: "" }) }),
);
expectError(asked.collect("Answer", { ...reply, payload: ({ Total }) => ({ votes: Total }) }));

// What one role computed, the others do not know.
totalled.broadcast("Publish", { ...publish, payload: ({ Total }) => ({ votes: Total }) });
expectError(
  totalled.broadcast("Publish", {
    ...publish,
    payload: () => ({ votes: 1 }),
    accept: (_, { Total }) => ({ accepted: true }),
  }),
);

// M of N gives a View; all of N gives what everyone agrees on.
answered.local("Total", {
  at: everyone,
  action: ({ Answer: answers }) => {
    expectType<View<Collected<Answer>>>(answers);
    return answers.length;
  },
});
answeredByAll.local("Total", {
  at: everyone,
  action: ({ Answer: answers }) => {
    expectType<Agreed<Collected<Answer>>>(answers);
    return answers.length;
  },
});

// A View is no result, and neither is what was computed from one, unless it combines a quorum.
const end = (votes: number) => ({ ...publish, payload: () => ({ votes }) });
const viewed = answered.local("Total", { at: everyone, action: ({ Answer: a }) => a.length });
const combined = answered.local("Total", {
  at: everyone,
  action: ({ Answer: a }) => a.length,
  combines: "Answer",
});
const agreed = answeredByAll.local("Total", { at: everyone, action: ({ Answer: a }) => a.length });
combined.broadcast("Publish", end(1)).returns("Total");
agreed.broadcast("Publish", end(1)).returns("Total");
agreed.broadcast("Publish", end(1)).returns("Answer");
expectError(viewed.broadcast("Publish", end(1)).returns("Total"));
expectError(viewed.broadcast("Publish", end(1)).returns("Answer"));
expectError(combined.broadcast("Publish", end(1)).returns("Answer"));

// What everyone computes alike, is computed from nothing that a single device has.
answeredByAll.local("Total", { at: everyone, action: ({ params }) => params.quorum });
answeredByAll.local("Total", { at: "asker", action: ({ self }) => self });
answered.local("Total", { at: everyone, action: ({ device }) => device, combines: "Answer" });
expectError(answeredByAll.local("Total", { at: everyone, action: ({ self }) => self }));
expectError(answeredByAll.local("Total", { at: everyone, action: ({ device }) => device }));
expectError(answeredByAll.local("Total", { at: everyone, action: ({ entropy }) => entropy("x") }));

// What a member of a family computes for itself is no result either: each has its own.
const own = answeredByAll.local("Total", { at: "answerer", action: () => 1 });
expectError(own.broadcast("Publish", end(1)).returns("Total"));

// A result is known to everyone.
expectError(totalled.broadcast("Publish", end(1)).returns("Total"));
expectError(totalled.broadcast("Publish", end(1)).returns("Nothing"));

// Only a collect that is known can be combined.
expectError(answered.local("Total", { at: everyone, action: () => 1, combines: "Publish" }));

// The marks keep apart in the author's own functions, and both can be read as plain values.
declare const view: View<readonly number[]>;
declare const agreement: Agreed<readonly number[]>;
expectNotAssignable<Agreed<readonly number[]>>(view);
expectNotAssignable<View<readonly number[]>>(agreement);
expectNotAssignable<Agreed<readonly number[]>>([1]);
expectAssignable<readonly number[]>(view);
expectAssignable<readonly number[]>(agreement);

// What may be no value stays so; and no value is not one that fits everywhere.
declare const perhaps: Agreed<string | undefined>;
declare const none: Agreed<undefined>;
declare const noneHere: View<null>;
expectNotAssignable<string>(perhaps);
expectNotAssignable<string>(none);
expectNotAssignable<string>(noneHere);
expectAssignable<string | undefined>(perhaps);
