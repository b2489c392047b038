/** The source: cuts its items into buffers, two a turn. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { EndStream, FillBuffer, KeepStreaming } from "./events.ts";

export interface Stream {
  readonly items: readonly number[];
  /** Items in a buffer. */
  readonly size: number;
}

interface Reading {
  readonly device: Stream;
  readonly turn: number;
}

function buffer({ items, size }: Stream, index: number): PayloadOf<typeof FillBuffer> {
  return { items: items.slice(index * size, (index + 1) * size) };
}

export function fillA({ device, turn }: Reading): PayloadOf<typeof FillBuffer> {
  return buffer(device, 2 * turn);
}

export function fillB({ device, turn }: Reading): PayloadOf<typeof FillBuffer> {
  return buffer(device, 2 * turn + 1);
}

export function decide({ device, turn }: Reading): "More" | "Finish" {
  return (turn + 1) * 2 * device.size < device.items.length ? "More" : "Finish";
}

export function more({ device, turn }: Reading): PayloadOf<typeof KeepStreaming> {
  return { items: (turn + 1) * 2 * device.size };
}

export function finish({ device }: Reading): PayloadOf<typeof EndStream> {
  return { items: device.items.length };
}
