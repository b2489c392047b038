/** The kernel: squares what comes. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { FillBuffer, WantBuffer } from "./events.ts";

type Buffer = PayloadOf<typeof FillBuffer>;

export function wantSource({ turn }: { readonly turn: number }): PayloadOf<typeof WantBuffer> {
  return { turn };
}

function squares({ items }: Buffer): Buffer {
  return { items: items.map((item) => item * item) };
}

export function drainA({ FillA }: { readonly FillA: Buffer }): Buffer {
  return squares(FillA);
}

export function drainB({ FillB }: { readonly FillB: Buffer }): Buffer {
  return squares(FillB);
}
