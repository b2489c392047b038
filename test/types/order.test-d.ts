/** Order: the session type decides which step may come next, and when the session may end. */
import { expectError } from "tsd";
import { epochs } from "../../dsl/index.ts";
import { Ask, Reply, answered, asked, open, totalled } from "./events.ts";

const reply = {
  by: "answerer",
  event: Reply,
  payload: () => ({ votes: 1 }),
  within: epochs(1),
} as const;
const ask = { by: "asker", event: Ask, payload: () => ({ text: "" }), within: epochs(1) } as const;
const publish = {
  by: "asker",
  event: Reply,
  payload: () => ({ votes: 1 }),
  within: epochs(1),
} as const;

// The steps in the session's order compile: `events.ts` is that program.
asked.collect("Answer", { ...reply, atLeast: 2 });

// A step that comes too early, too late, or twice.
expectError(open.collect("Answer", { ...reply, atLeast: 2 }));
expectError(asked.broadcast("Question", ask));
expectError(answered.collect("Answer", { ...reply, atLeast: 2 }));
expectError(answered.broadcast("Publish", publish));

// A name that the session does not have.
expectError(asked.collect("Reply", { ...reply, atLeast: 2 }));

// What is no name, or no certain one.
expectError(open.broadcast(null, ask));
expectError(open.broadcast(["Question"].join(), ask));

// The right name with the wrong verb.
expectError(asked.broadcast("Answer", publish));
expectError(open.collect("Question", { ...reply, atLeast: 2 }));
expectError(answered.collect("Total", { ...reply, atLeast: 2 }));

// An early end, and a step after the end.
expectError(totalled.returns("Question"));
const finished = totalled.broadcast("Publish", publish);
finished.returns("Publish");
expectError(finished.broadcast("Publish", publish));
expectError(finished.broadcast("Again", publish));
