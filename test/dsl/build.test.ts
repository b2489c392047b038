/** The chain at run time: what it builds, and that it refuses what the compiler would. */
import { describe, expect, it } from "vitest";
import { ProtocolError, choreography, epochs, everyone, many, one, type } from "../../dsl/index.ts";
import { AbortPoll, CastVote, OpenPoll } from "../codegen/fixtures/events.ts";
import { answer, base, count } from "./base.ts";
import { open, write } from "./untyped.ts";

const ask = () => ({ question: "Tea?" });
const vote = () => ({ yes: true });
const tally = () => 1;

const begun = choreography("poll", {
  roles: { chair: one, voter: many },
  session: "Ask . Vote* . Count",
  params: type<object>(),
  abort: AbortPoll,
}).broadcast("Ask", { by: "chair", event: OpenPoll, payload: ask, within: epochs(1) });

const poll = begun
  .collect("Vote", { by: "voter", event: CastVote, payload: vote, atLeast: 2, within: epochs(2) })
  .local("Count", { at: everyone, action: tally, combines: "Vote" })
  .returns("Count");

describe("a chain", () => {
  it("ends as the global type that its calls say", () => {
    expect(poll).toEqual({
      name: "poll",
      roles: { chair: "one", voter: "many" },
      session: "Ask . Vote* . Count",
      abort: AbortPoll,
      steps: [
        { verb: "broadcast", label: "Ask", by: "chair", event: OpenPoll, payload: ask, within: 1 },
        {
          verb: "collect",
          label: "Vote",
          by: "voter",
          event: CastVote,
          payload: vote,
          atLeast: 2,
          within: 2,
        },
        { verb: "local", label: "Count", at: "everyone", action: tally, combines: "Vote" },
      ],
      result: "Count",
    });
  });

  it("ends as data that nobody can change", () => {
    for (const part of [poll, poll.steps, poll.roles]) expect(Object.isFrozen(part)).toBe(true);
    expect(poll.steps.every((step) => Object.isFrozen(step))).toBe(true);
  });

  it("is not changed by the steps that are added to it", () => {
    const other = begun
      .collect("Vote", {
        by: "voter",
        event: CastVote,
        payload: vote,
        atLeast: "all",
        within: epochs(9),
      })
      .local("Count", { at: everyone, action: () => "other" })
      .returns("Vote");
    expect(other.steps[1]).toMatchObject({ atLeast: "all", within: 9 });
    expect(poll.steps[1]).toMatchObject({ atLeast: 2, within: 2 });
    expect(poll.steps).toHaveLength(3);
  });

  it("refuses an option that its verb does not have", () => {
    const chain = open({ ...base, session: "Ask" });
    expect(() => chain.broadcast("Ask", { by: "chair", within: 5, ...{ acept: true } })).toThrow(
      "protocol poll, step Ask: 'acept' is no option of broadcast. Use by, event, payload, within, onTimeout, accept.",
    );
    expect(() => chain.broadcast("Ask", { by: "chair", within: 5, verb: "local" })).toThrow(
      "'verb' is no option of broadcast",
    );
  });

  it("names the broken rule and its step, where nobody type-checked it", () => {
    const steps = [answer, ...base.steps.slice(1)];
    let error: unknown;
    try {
      write({ ...base, steps });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({
      code: "InvalidDeclaration",
      message:
        "protocol poll, step Answer: the session expects the step 'Ask' here, not 'Answer'. Put the steps in the session's order.",
      where: { protocol: "poll", step: "Answer" },
    });
  });

  it("names the protocol alone, where no step is at fault", () => {
    expect(() => write({ ...base, result: "Note" })).toThrow(
      "protocol poll: the result 'Note' is not known to everyone.",
    );
    expect(() => write({ ...base, steps: [count] })).toThrow("step Count");
  });
});
