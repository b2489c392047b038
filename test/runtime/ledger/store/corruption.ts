/** Ways in which bytes and files go bad. */

import { drawing } from "./fixtures.ts";

export interface Draw {
  /** A whole number from 0, below the limit. */
  below(limit: number): number;
}

export function draws(seed: number): Draw {
  const draw = drawing(seed);
  return { below: (limit) => Math.floor(draw() * limit) };
}

const BYTE_WAYS = ["flip", "truncate", "cut", "swap", "double", "zero"] as const;

/** Other bytes than the given ones, which must not be empty. */
export function corrupted(bytes: Uint8Array, draw: Draw): Uint8Array {
  for (;;) {
    const way = BYTE_WAYS[draw.below(BYTE_WAYS.length)] ?? "flip";
    const result = corruptedBy(way, bytes, draw);
    if (!same(result, bytes)) return result;
  }
}

function corruptedBy(way: (typeof BYTE_WAYS)[number], bytes: Uint8Array, draw: Draw): Uint8Array {
  const at = draw.below(bytes.length);
  const length = 1 + draw.below(Math.min(64, bytes.length - at));
  const [head, part, tail] = [
    bytes.slice(0, at),
    bytes.slice(at, at + length),
    bytes.slice(at + length),
  ];
  switch (way) {
    case "flip":
      return bytes.with(at, (bytes[at] ?? 0) ^ (1 << draw.below(8)));
    case "truncate":
      return head;
    case "cut":
      return Uint8Array.from([...head, ...tail]);
    case "swap":
      return Uint8Array.from([...tail, ...part, ...head]);
    case "double":
      return Uint8Array.from([...head, ...part, ...part, ...tail]);
    case "zero":
      return Uint8Array.from([...head, ...part.map(() => 0), ...tail]);
  }
}

const FILE_WAYS = ["bytes", "delete", "swap", "copy over", "copy"] as const;

/** One accident to the files of a folder. Says what happened. */
export function corruptFiles(files: Map<string, Uint8Array>, draw: Draw): string {
  const names = [...files.keys()].sort();
  const name = names[draw.below(names.length)] ?? "";
  const other = names.filter((each) => each !== name)[draw.below(names.length - 1)] ?? "";
  const way = FILE_WAYS[draw.below(FILE_WAYS.length)] ?? "bytes";
  const [bytes = new Uint8Array(), others = new Uint8Array()] = [files.get(name), files.get(other)];
  switch (way) {
    case "bytes":
      files.set(name, corrupted(bytes, draw));
      return `bytes of ${name}`;
    case "delete":
      files.delete(name);
      return `${name} is gone`;
    case "swap":
      files.set(name, others).set(other, bytes);
      return `${name} and ${other} have each other's place`;
    case "copy over":
      files.set(other, bytes);
      return `${name} is also in the place of ${other}`;
    case "copy": {
      const copy = draw.below(2) === 0 ? `${name}-1` : name.replace(/\d+$/, `9${draw.below(9)}`);
      const target = files.has(copy) ? `${name}.bak` : copy;
      files.set(target, bytes);
      return `${name} is also in ${target}`;
    }
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
