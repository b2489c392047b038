/** A right protocol as plain data; its code is names. */
import type { Broadcast, Collect, GlobalType, Local } from "../../dsl/index.ts";

const sent = { event: "Event", within: "within", payload: "payload" };

export const ask: Broadcast<string> = { verb: "broadcast", label: "Ask", by: "chair", ...sent };

export const answer: Collect<string> = {
  verb: "collect",
  label: "Answer",
  by: "voter",
  atLeast: "threshold",
  ...sent,
  accept: "accept",
};

export const count: Local<string> = {
  verb: "local",
  label: "Count",
  at: "everyone",
  combines: "Answer",
  action: "count",
};

export const note: Local<string> = {
  verb: "local",
  label: "Note",
  at: "chair",
  action: "note",
};

export const base: GlobalType<string> = {
  name: "poll",
  roles: { chair: "one", voter: "many" },
  session: "Ask . Answer* . Count . Note",
  abort: "AbortPoll",
  steps: [ask, answer, count, note],
  result: "Count",
};
