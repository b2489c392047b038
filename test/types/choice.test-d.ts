/** Choices: who decides, who is told, and what is known afterwards. */
import { expectError, expectType } from "tsd";
import { choreography, epochs, everyone, many, one, type } from "../../dsl/index.ts";
import type { Agreed, LocalScript, Project, Script } from "../../dsl/index.ts";
import { Abort, Ask, Reply } from "./events.ts";
import type { Question, SurveyParams } from "./events.ts";

const within = epochs(1);
const ask = { event: Ask, payload: () => ({ text: "" }), within } as const;
const reply = { event: Reply, payload: () => ({ votes: 1 }), within } as const;
const head = {
  roles: { p: one, q: one, r: one, f: many },
  params: type<SurveyParams>(),
  abort: Abort,
} as const;
const all = { ...ask, by: "p" } as const;

const open = choreography("choosing", { ...head, session: "{ Yes . Why | No } . Last" });
const chosen = open.choice("Yes | No", {
  by: "p",
  decide: ({ params, self }) => {
    expectType<SurveyParams>(params);
    expectType<string>(self);
    return "Yes";
  },
  branches: {
    Yes: (b) =>
      b.broadcast("Yes", all).send("Why", {
        ...ask,
        by: "p",
        to: "q",
        payload: ({ Yes }) => {
          // In its branch it is certain.
          expectType<Agreed<Question>>(Yes);
          return Yes;
        },
      }),
    No: (b) => b.broadcast("No", all),
  },
});

// After it, what a branch made known may be missing.
const last = chosen.broadcast("Last", {
  ...all,
  payload: ({ Yes, No, Why }) => {
    expectType<Agreed<Question> | undefined>(Yes);
    expectType<Agreed<Question> | undefined>(No);
    expectType<Agreed<Question> | undefined>(Why);
    return { text: "" };
  },
});
// @ts-expect-error
chosen.broadcast("Last", { ...all, payload: ({ Yes }) => ({ text: Yes.text }) });
// What only the receiver of a branch knows, the others do not.
expectError(chosen.local("Last", { at: "r", action: ({ Why }) => Why }));
expectError(last.returns("Yes"));
last.returns("nothing");
const done = last.returns("Last");

// The decider sends, the others are told, the member of the family too.
type Steps<R extends "p" | "q" | "r" | "f"> = LocalScript<Project<typeof done, R>>["steps"];
type Instructions<S extends Script["steps"]> = { [K in keyof S]: S[K]["instruction"] };
expectType<readonly ["Branch", "WriteToLedger", "Return"]>({} as Instructions<Steps<"p">>);
expectType<"p">({} as Steps<"q">[0]["from"]);
expectType<"AwaitEvent">({} as Steps<"q">[0]["branches"]["Yes"][1]["instruction"]);

// Where one branch goes on, that is the one that was taken.
const given = choreography("given", { ...head, session: "{ Go | Stop . abort } . Last" }).choice(
  "Go | Stop",
  {
    by: "p",
    decide: () => "Go",
    branches: {
      Go: (b) => b.broadcast("Go", all),
      Stop: (b) => b.broadcast("Stop", all).abort("abort", { by: "p", reason: "no", within }),
    },
  },
);
given
  .local("Last", { at: everyone, action: ({ Go }) => [expectType<Agreed<Question>>(Go)] })
  .returns("Go");
expectError(given.local("Last", { at: everyone, action: ({ Stop }) => Stop }));

// Labels: one missing, one too many, misspelt, decided and not there.
expectError(
  open.choice("Yes | No", { by: "p", decide: () => "Yes", branches: {} }).broadcast("Last", all),
);
expectError(
  open.choice("Yes | No", {
    by: "p",
    decide: () => "Yes",
    branches: {
      Yes: (b) => b.broadcast("Yes", all).send("Why", { ...ask, by: "p", to: "q" }),
      No: (b) => b.broadcast("No", all),
      Maybe: (b) => b.broadcast("Maybe", all),
    },
  }),
);
expectError(open.choice("No | Yes", { by: "p", decide: () => "Yes", branches: {} }));
expectError(open.broadcast("Yes", all));

const short = choreography("short", { ...head, session: "{ Yes | No }" });
// A decider that is a family; one that does not send first, or not at all; an unfinished branch.
expectError(short.choice("Yes | No", { by: "f", decide: () => "Yes", branches: {} }));
expectError(
  short.choice("Yes | No", {
    by: "p",
    decide: () => "Yes",
    branches: {
      Yes: (b) => b.broadcast("Yes", all),
      No: (b) => b.broadcast("No", { ...ask, by: "q" }),
    },
  }),
);
expectError(
  short.choice("Yes | No", {
    by: "p",
    decide: () => "Yes",
    branches: {
      Yes: (b) => b.broadcast("Yes", all),
      No: (b) => b.local("No", { at: "p", action: () => 1 }),
    },
  }),
);
expectError(
  short.choice("Yes | No", {
    by: "p",
    decide: () => "Yes",
    branches: { Yes: (b) => b.broadcast("Yes", all), No: (b) => b },
  }),
);
expectError(
  short.choice("Yes | No", {
    by: "p",
    decide: ({ self }) => (self === "" ? "Perhaps" : "Yes"),
    branches: { Yes: (b) => b.broadcast("Yes", all), No: (b) => b.broadcast("No", all) },
  }),
);

// Told by one, or by nobody: only at the end is it sure that nobody tells it.
const untold = short.choice("Yes | No", {
  by: "p",
  decide: () => "Yes",
  branches: {
    Yes: (b) => b.broadcast("Yes", all),
    No: (b) => b.send("No", { ...ask, by: "p", to: "q" }),
  },
});
expectError(untold.returns("nothing"));

// Two senders; one label with two events.
const two = choreography("two", { ...head, session: "{ Yes . Add | No . Sub }" });
expectError(
  two.choice("Yes | No", {
    by: "p",
    decide: () => "Yes",
    branches: {
      Yes: (b) =>
        b.send("Yes", { ...ask, by: "p", to: "q" }).send("Add", { ...ask, by: "q", to: "r" }),
      No: (b) =>
        b.send("No", { ...ask, by: "p", to: "q" }).send("Sub", { ...ask, by: "p", to: "r" }),
    },
  }),
);
const same = choreography("same", { ...head, session: "{ Yes . Add | No . Add }" });
expectError(
  same.choice("Yes | No", {
    by: "p",
    decide: () => "Yes",
    branches: {
      Yes: (b) => b.broadcast("Yes", all).broadcast("Add", all),
      No: (b) => b.broadcast("No", all).broadcast("Add", { ...reply, by: "p" }),
    },
  }),
);

// Everyone decides, from what all agree on.
const polled = choreography("polled", { ...head, session: "All* . Some* . { Yes | No }" })
  .collect("All", { ...reply, by: "f", atLeast: "all" })
  .collect("Some", { ...reply, by: "f", atLeast: 1 });
polled
  .choice("Yes | No", {
    by: everyone,
    decide: ({ All }) => (All.length > 1 ? "Yes" : "No"),
    branches: {
      Yes: (b) => b.broadcast("Yes", { ...ask, by: "q" }),
      No: (b) => b.local("No", { at: "r", action: () => 1 }),
    },
  })
  .returns("All");
expectError(
  polled.choice("Yes | No", {
    by: everyone,
    decide: ({ Some }) => (Some.length > 1 ? "Yes" : "No"),
    branches: {
      Yes: (b) => b.broadcast("Yes", { ...ask, by: "q" }),
      No: (b) => b.local("No", { at: "r", action: () => 1 }),
    },
  }),
);
