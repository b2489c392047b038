/** Calls of other choreographies, and the locks that they take and give back. */
import { expectError, expectNotAssignable, expectType } from "tsd";
import { choreography, epochs, everyone, many, one, type } from "../../dsl/index.ts";
import type { Agreed, LocalScript, Project } from "../../dsl/index.ts";
import { Abort, Ask, survey } from "./events.ts";
import type { Answer, SurveyParams } from "./events.ts";

const within = epochs(1);
const head = {
  roles: { p: one, q: one, f: many, g: many },
  params: type<SurveyParams>(),
  abort: Abort,
} as const;
const all = { event: Ask, payload: () => ({ text: "" }), within, by: "p" } as const;

const open = choreography("caller", { ...head, session: "Sub . Last" });
const roles = { asker: "p", answerer: "f" } as const;
const call = {
  choreography: survey,
  roles,
  params: ({ params }: { params: SurveyParams }) => params,
} as const;

// Those who play in it know its result.
const called = open.call("Sub", call);
called
  .local("Last", { at: "p", action: ({ Sub }) => [expectType<Agreed<Answer>>(Sub)] })
  .returns("nothing");
expectError(called.local("Last", { at: "q", action: ({ Sub }) => Sub }));
const sub = called.broadcast("Last", all);
expectError(sub.returns("Sub"));
const finished = sub.returns("Last");

// Each role of it is played, by a role of its kind, and by one only.
open.call("Sub", { ...call, roles: { asker: "q", answerer: "p" } });
expectError(open.call("Sub", { ...call, roles: { asker: "p" } }));
expectError(open.call("Sub", { ...call, roles: { ...roles, guest: "q" } }));
expectError(open.call("Sub", { ...call, roles: { asker: "guest", answerer: "f" } }));
expectError(open.call("Sub", { ...call, roles: { asker: "g", answerer: "f" } }));
expectError(open.call("Sub", { ...call, roles: { asker: "p", answerer: "p" } }));

// Its parameters are made from what all agree on.
expectError(open.call("Sub", { ...call, params: () => ({ quorum: "one", topic: "" }) }));
const views = choreography("views", { ...head, session: "Some* . Sub" }).collect("Some", {
  ...all,
  by: "f",
  atLeast: 1,
});
views.call("Sub", call).returns("nothing");
expectError(
  views.call("Sub", { ...call, params: ({ Some }) => ({ quorum: Some.length, topic: "" }) }),
);
expectError(open.call("Sub", { ...call, params: ({ entropy }) => entropy }));

// It may be given up, where the session says so.
expectError(open.call("Sub", { ...call, onAbort: "absent" }));
const maybe = choreography("maybe", { ...head, session: "Sub? . Last" });
expectError(maybe.call("Sub", call));
maybe.call("Sub", { ...call, onAbort: "absent" }).local("Last", {
  at: "p",
  action: ({ Sub }) => [expectType<Agreed<Answer> | undefined>(Sub)],
});

// In the script, each runs the role that it plays; the others do not.
type Node<R extends "p" | "q" | "f"> = LocalScript<Project<typeof finished, R>>["steps"][0];
expectType<"asker">({} as Extract<Node<"p">, { instruction: "RunSubProtocol" }>["script"]["role"]);
declare const nodes: { readonly p: Node<"p">; readonly q: Node<"q"> };
expectType<"AwaitEvent">(nodes.q.instruction);
expectNotAssignable<Node<"q">>(nodes.p);

// Locks: taken once, given back, on every path and in every turn.
const locks = choreography("locks", { ...head, session: "Take . Work . Give" });
const lock = { ...call, lock: "money" } as const;
const taken = locks.acquire("Take", lock);
taken.broadcast("Work", all).release("Give", lock).returns("Work");
taken.acquire("Work", { ...call, lock: "gold" }).release("Give", lock);
expectError(taken.acquire("Work", lock));
expectError(locks.release("Take", lock));
expectError(taken.broadcast("Work", all).release("Give", { ...call, lock: "gold" }));
expectError(taken.broadcast("Work", all).broadcast("Give", all).returns("Work"));
expectError(taken.release("Work", lock).release("Give", lock));
const paths = choreography("paths", { ...head, session: "{ Yes . Take | No } . Give" });
expectError(
  paths.choice("Yes | No", {
    by: everyone,
    decide: () => "Yes",
    branches: {
      Yes: (b) => b.broadcast("Yes", all).acquire("Take", lock),
      No: (b) => b.broadcast("No", all),
    },
  }),
);
const turns = choreography("turns", { ...head, session: "rec Loop { A . Take . Loop }" });
expectError(
  turns.rec("Loop", { atMost: 2 }, (b) =>
    b.broadcast("A", all).acquire("Take", lock).again("Loop"),
  ),
);
