/** A right protocol as plain data; its code is names. */
import type { Broadcast, Collect, GlobalType, Local, Send } from "../../dsl/index.ts";

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

/** For a protocol with two single roles, `chair` and `clerk`. */
export const tell: Send<string> = {
  verb: "send",
  label: "Tell",
  by: "chair",
  to: "clerk",
  ...sent,
  accept: "accept",
};

export const base: GlobalType<string> = {
  name: "poll",
  roles: { chair: "one", voter: "many" },
  session: "Ask . Answer* . Count . Note",
  abort: "AbortPoll",
  steps: [ask, answer, count, note],
  result: "Count",
};
