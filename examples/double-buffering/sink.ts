/** The sink: keeps all that comes, in order. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { FillBuffer, WantBuffer } from "./events.ts";

export function wantKernel({ turn }: { readonly turn: number }): PayloadOf<typeof WantBuffer> {
  return { turn };
}

interface Draining {
  readonly DrainA: PayloadOf<typeof FillBuffer>;
  readonly DrainB: PayloadOf<typeof FillBuffer>;
  /** As it was after the last turn. */
  readonly Output?: readonly number[];
}

export function output({ DrainA, DrainB, Output = [] }: Draining): readonly number[] {
  return [...Output, ...DrainA.items, ...DrainB.items];
}
