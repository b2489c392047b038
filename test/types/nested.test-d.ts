/** What the run of a script with branches, loops, forks and calls gives. */
import { expectType } from "tsd";
import { epochs, event } from "../../dsl/index.ts";
import type { Collected, PayloadSchema } from "../../dsl/index.ts";
import type { FactsOf, ResultOf } from "../../runtime/index.ts";
import { GaveUp } from "../runtime/scripts.ts";
import type { hundred } from "./hundred.ts";

declare const schema: PayloadSchema<{ amount: number }>;
declare const text: PayloadSchema<string>;
const Priced = event("Priced", schema, "device");
const Named = event("Named", text, "device");
const within = epochs(3);
const head = { protocol: "test", role: "a", digest: "", abort: GaveUp } as const;

const inner = {
  ...head,
  steps: [
    { instruction: "Compute", label: "Sum", action: () => 7 },
    { instruction: "Return", label: "Sum" },
  ],
} as const;

const script = {
  ...head,
  steps: [
    {
      instruction: "AwaitEvent",
      label: "Late",
      from: "b",
      event: Priced,
      within,
      onTimeout: "absent",
    },
    { instruction: "CheckForEvent", label: "Look", of: "Late", from: "b", event: Priced },
    {
      instruction: "CheckForEvent",
      label: "All",
      of: "Names",
      from: "b",
      event: Named,
      collected: true,
    },
    { instruction: "WriteToLedger", label: "Names", event: Named, payload: () => "" },
    { instruction: "AwaitThreshold", label: "Names", from: "c", event: Named, atLeast: 1, within },
    { instruction: "WriteToLedger", label: "Each", event: Named, payload: () => "", toEach: "c" },
    {
      instruction: "Loop",
      label: "X",
      atMost: 3,
      steps: [
        { instruction: "AwaitEvent", label: "Price", from: "b", event: Priced, within },
        {
          instruction: "Branch",
          label: "More | Stop",
          decide: () => "More" as const,
          branches: {
            More: [
              { instruction: "AwaitEvent", label: "More", from: "b", event: Named, within },
              { instruction: "Again", label: "X" },
            ],
            Stop: [{ instruction: "Compute", label: "Stop", action: () => true }],
          },
        },
      ],
    },
    {
      instruction: "Fork",
      label: "P || Q",
      blocks: {
        P: [{ instruction: "Compute", label: "P", action: () => Promise.resolve(1) }],
        Q: [
          { instruction: "RunSubProtocol", label: "Q", script: inner, cast: {}, params: () => 1 },
        ],
      },
    },
    {
      instruction: "RunSubProtocol",
      label: "R",
      script: inner,
      cast: {},
      params: () => 1,
      onAbort: "absent",
    },
    { instruction: "Return", label: "Price" },
  ],
} as const;

type Known = FactsOf<typeof script>;
declare const known: Known;
expectType<{ amount: number } | undefined>(known.Late);
expectType<{ amount: number } | undefined>(known.Look);
expectType<Collected<string>>(known.All);
expectType<Collected<string>>(known.Names);
expectType<{ amount: number }>(known.Price);
expectType<string | undefined>(known.More);
expectType<boolean | undefined>(known.Stop);
expectType<number>(known.P);
expectType<number>(known.Q);
expectType<number | undefined>(known.R);
declare const labels: keyof Known;
expectType<"Late" | "Look" | "All" | "Names" | "Price" | "More" | "Stop" | "P" | "Q" | "R">(labels);
expectType<{ amount: number }>({} as ResultOf<typeof script>);

const branching = {
  ...head,
  steps: [
    {
      instruction: "Branch",
      label: "Yes | No",
      from: "b",
      branches: {
        Yes: [
          { instruction: "AwaitEvent", label: "Yes", from: "b", event: Priced, within },
          { instruction: "Return", label: "Yes" },
        ],
        No: [
          { instruction: "AwaitEvent", label: "No", from: "b", event: Named, within },
          { instruction: "Return" },
        ],
      },
    },
  ],
} as const;
expectType<{ amount: number } | undefined>({} as ResultOf<typeof branching>);

expectType<{ amount: number }>({} as ResultOf<typeof hundred>);
expectType<{ amount: number }>({} as FactsOf<typeof hundred>["Step37"]);
