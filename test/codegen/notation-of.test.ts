/** The session notation of a global type, written. */
import { describe, expect, it } from "vitest";
import { notationOf } from "../../codegen/notation-of.ts";
import type { GlobalStep } from "../../dsl/index.ts";

const told = { by: "a", event: "E", within: "5", payload: "f" };
const callee = { name: "inner", roles: {}, calls: [] };
const nested = { choreography: "c", callee, roles: {}, params: "p" };

const steps: readonly GlobalStep<string>[] = [
  { verb: "broadcast", label: "Broadcast", ...told, onTimeout: "absent" },
  { verb: "send", label: "Send", to: "b", ...told },
  { verb: "collect", label: "Collect", atLeast: 2, ...told, onTimeout: "absent" },
  { verb: "distribute", label: "Distribute", to: "c", atLeast: "all", ...told },
  { verb: "local", label: "Local", at: "a", action: "f" },
  { verb: "wait", label: "Wait", at: "a", epochs: "5" },
  { verb: "check", label: "Check", at: "a", of: "Send" },
  {
    verb: "choice",
    label: "Yes | Retry",
    by: "a",
    decide: "f",
    branches: [
      { label: "Yes", steps: [{ verb: "send", label: "Yes", to: "b", ...told }] },
      {
        label: "Retry",
        steps: [
          {
            verb: "rec",
            label: "Loop",
            atMost: 3,
            steps: [
              { verb: "send", label: "Retry", to: "b", ...told },
              { verb: "again", label: "Loop" },
            ],
          },
        ],
      },
    ],
  },
  {
    verb: "parallel",
    label: "Call || Acquire",
    blocks: [
      { label: "Call", steps: [{ verb: "call", label: "Call", ...nested, onAbort: "absent" }] },
      {
        label: "Acquire",
        steps: [
          { verb: "acquire", label: "Acquire", lock: "l", ...nested },
          { verb: "release", label: "Release", lock: "l", ...nested },
        ],
      },
    ],
  },
  { verb: "abort", label: "abort", by: "a", reason: "no", within: "5" },
];

describe("the notation of a global type", () => {
  it("shows every verb", () => {
    expect(notationOf(steps)).toBe(
      "Broadcast? . Send . Collect*? . Distribute* . Local . Wait . Check . " +
        "{ Yes | rec Loop { Retry . Loop } } . ( Call? || Acquire . Release ) . abort",
    );
  });

  it("goes over several lines where it is long", () => {
    expect(notationOf(steps, 30)).toBe(
      [
        "Broadcast? . Send .",
        "Collect*? . Distribute* .",
        "Local . Wait . Check .",
        "{",
        "  Yes |",
        "  rec Loop { Retry . Loop }",
        "} .",
        "(",
        "  Call? ||",
        "  Acquire . Release",
        ") .",
        "abort",
      ].join("\n"),
    );
  });
});
