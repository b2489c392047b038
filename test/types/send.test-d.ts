/** Sending: from one role to another, who alone are given what is said. */
import { expectAssignable, expectError, expectNotAssignable, expectType } from "tsd";
import { accepted, choreography, epochs, everyone, many, one, type } from "../../dsl/index.ts";
import type { Agreed, LocalScript, Project } from "../../dsl/index.ts";
import { Abort, Ask, Reply } from "./events.ts";
import type { Question, SurveyParams } from "./events.ts";

const open = choreography("letters", {
  roles: { author: one, editor: one, printer: one, readers: many },
  session: "Draft . Review . Print",
  params: type<SurveyParams>(),
  abort: Abort,
});
const draft = { event: Ask, payload: () => ({ text: "" }), within: epochs(1) } as const;
const review = { event: Reply, payload: () => ({ votes: 1 }), within: epochs(1) } as const;

const drafted = open.send("Draft", { ...draft, by: "author", to: "editor" });

// To oneself, from a family, to or from nobody, without a receiver.
expectError(open.send("Draft", { ...draft, by: "author", to: "author" }));
expectError(open.send("Draft", { ...draft, by: "readers", to: "author" }));
expectError(open.send("Draft", { ...draft, by: "author", to: "nobody" }));
expectError(open.send("Draft", { ...draft, by: "nobody", to: "author" }));
expectError(open.send("Draft", { ...draft, by: "author" }));

// Out of order, with another payload, as a broadcast has no receiver.
expectError(open.send("Review", { ...review, by: "editor", to: "author" }));
expectError(open.send("Draft", { ...review, event: Ask, by: "author", to: "editor" }));
expectError(open.broadcast("Draft", { ...draft, by: "author", to: "editor" }));

// The two know it, and the others do not.
const reviewed = drafted.send("Review", {
  ...review,
  by: "editor",
  to: "author",
  payload: ({ Draft }) => {
    expectType<Agreed<Question>>(Draft);
    return { votes: 1 };
  },
  accept: ({ votes }, { Draft, author }) => {
    expectType<Agreed<Question>>(Draft);
    expectType<string>(author);
    return votes > 0 ? accepted : accepted;
  },
});
expectError(
  drafted.send("Review", {
    ...review,
    by: "printer",
    to: "author",
    payload: ({ Draft }) => ({ votes: Draft.text.length }),
  }),
);
expectError(
  reviewed.local("Print", { at: everyone, action: ({ Draft }: { Draft: Question }) => Draft }),
);
expectError(reviewed.local("Print", { at: "printer", action: ({ Review }) => Review }));

// What two know is no result for all.
const print = { event: Ask, payload: () => ({ text: "" }), within: epochs(1) } as const;
const printed = reviewed.broadcast("Print", { ...print, by: "printer" });
expectError(printed.returns("Draft"));
const letters = printed.returns("Print");

// The sender writes, the receiver waits, the others do nothing.
type Labels<R extends "author" | "editor" | "printer" | "readers"> = LocalScript<
  Project<typeof letters, R>
>["steps"] extends infer Steps extends readonly { instruction: string; label: string }[]
  ? { [K in keyof Steps]: `${Steps[K]["label"]} ${Steps[K]["instruction"]}` }
  : never;

expectType<
  readonly ["Draft WriteToLedger", "Review AwaitEvent", "Print AwaitEvent", "Print Return"]
>({} as Labels<"author">);
expectType<
  readonly ["Draft AwaitEvent", "Review WriteToLedger", "Print AwaitEvent", "Print Return"]
>({} as Labels<"editor">);
expectType<readonly ["Print WriteToLedger", "Print Return"]>({} as Labels<"printer">);
expectType<readonly ["Print AwaitEvent", "Print Return"]>({} as Labels<"readers">);

// What is sealed is sealed in the script of both, and what is not is not.
const secret = choreography("secret", {
  roles: { author: one, editor: one },
  session: "Draft",
  params: type<SurveyParams>(),
  abort: Abort,
})
  .send("Draft", { ...draft, by: "author", to: "editor", sealed: true })
  .returns("Draft");

type Sealed<R extends "author" | "editor"> = LocalScript<Project<typeof secret, R>>["steps"][0];
const write = { instruction: "WriteToLedger", label: "Draft", event: Ask, payload: draft.payload };
const wait = { instruction: "AwaitEvent", label: "Draft", from: "author", event: Ask };
const written = { ...write, instruction: "WriteToLedger", label: "Draft" } as const;
const awaited = { ...wait, instruction: "AwaitEvent", label: "Draft", from: "author" } as const;
expectAssignable<Sealed<"author">>({ ...written, sealedTo: "editor" } as const);
expectNotAssignable<Sealed<"author">>(written);
expectNotAssignable<Sealed<"author">>({ ...written, sealedTo: "author" } as const);
expectAssignable<Sealed<"editor">>({ ...awaited, within: epochs(1), sealed: true } as const);
expectNotAssignable<Sealed<"editor">>({ ...awaited, within: epochs(1) } as const);

type Open<R extends "author" | "editor"> = LocalScript<Project<typeof letters, R>>["steps"][0];
expectAssignable<Open<"author">>(written);
expectNotAssignable<Open<"author">>({ ...written, sealedTo: "editor" } as const);
expectNotAssignable<Open<"editor">>({ ...awaited, within: epochs(1), sealed: true } as const);

// Only a send is sealed, and only wholly.
expectError(open.broadcast("Draft", { ...draft, by: "author", sealed: true }));
expectError(open.send("Draft", { ...draft, by: "author", to: "editor", sealed: false }));
