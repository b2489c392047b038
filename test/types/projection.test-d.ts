/** Projection: what each role does, and which scripts follow it. */
import { expectAssignable, expectError, expectNotAssignable, expectType } from "tsd";
import { accepted, epochs } from "../../dsl/index.ts";
import type { LocalScript, Project, Script } from "../../dsl/index.ts";
import { Abort, Ask, OtherAbort, Reply } from "./events.ts";
import type { survey } from "./events.ts";

type Asker = LocalScript<Project<typeof survey, "asker">>;
type Answerer = LocalScript<Project<typeof survey, "answerer">>;
type Steps = Script["steps"];
type Instructions<S extends Steps> = { [K in keyof S]: S[K]["instruction"] };
type Labels<S extends Steps> = { [K in keyof S]: S[K]["label"] };

declare const asker: Instructions<Asker["steps"]>;
expectType<readonly ["WriteToLedger", "AwaitThreshold", "Compute", "WriteToLedger", "Return"]>(
  asker,
);

declare const answerer: Instructions<Answerer["steps"]>;
expectType<readonly ["AwaitEvent", "WriteToLedger", "AwaitThreshold", "AwaitEvent", "Return"]>(
  answerer,
);

declare const labels: Labels<Answerer["steps"]>;
expectType<readonly ["Question", "Answer", "Answer", "Publish", "Publish"]>(labels);

// A role that the choreography does not have has no projection.
declare function projected<R extends "asker" | "answerer">(role: R): Project<typeof survey, R>;
projected("asker");
// @ts-expect-error
type Nobody = Project<typeof survey, "nobody">;

const question = {
  instruction: "AwaitEvent",
  label: "Question",
  from: "asker",
  event: Ask,
  within: epochs(1),
} as const;
const write = {
  instruction: "WriteToLedger",
  label: "Answer",
  event: Reply,
  payload: () => ({ votes: 1 }),
} as const;
const gather = {
  instruction: "AwaitThreshold",
  label: "Answer",
  from: "answerer",
  event: Reply,
  atLeast: "quorum",
  within: epochs(1),
} as const;
const published = {
  instruction: "AwaitEvent",
  label: "Publish",
  from: "asker",
  event: Reply,
  within: epochs(1),
  accept: () => accepted,
} as const;
const result = { instruction: "Return", label: "Publish" } as const;
const head = { protocol: "survey", role: "answerer", digest: "", abort: Abort } as const;

expectAssignable<Answerer>({
  ...head,
  steps: [question, write, gather, published, result] as const,
});

// A script that leaves the protocol: out of order, a step missing or too many, another count,
// another event, another role's script, another protocol's.
expectNotAssignable<Answerer>({
  ...head,
  steps: [write, question, gather, published, result] as const,
});
expectNotAssignable<Answerer>({ ...head, steps: [question, write, published, result] as const });
expectNotAssignable<Answerer>({
  ...head,
  steps: [question, write, gather, published, published, result] as const,
});
expectNotAssignable<Answerer>({
  ...head,
  steps: [question, write, { ...gather, atLeast: 1 }, published, result] as const,
});
expectNotAssignable<Answerer>({
  ...head,
  steps: [question, write, gather, { ...published, event: Ask }, result] as const,
});
expectNotAssignable<Asker>({
  ...head,
  steps: [question, write, gather, published, result] as const,
});
expectNotAssignable<Answerer>({
  ...head,
  protocol: "other",
  steps: [question, write, gather, published, result] as const,
});

// A check left out, a check that nobody asked for, another abort.
const { accept: check, ...unchecked } = published;
expectNotAssignable<Answerer>({
  ...head,
  steps: [question, write, gather, unchecked, result] as const,
});
expectNotAssignable<Answerer>({
  ...head,
  steps: [question, write, { ...gather, accept: check }, published, result] as const,
});
expectNotAssignable<Answerer>({
  ...head,
  abort: OtherAbort,
  steps: [question, write, gather, published, result] as const,
});

// Every script is a script to the interpreter.
declare const script: Answerer;
expectAssignable<Script>(script);
