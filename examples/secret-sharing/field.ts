/** Polynomials over the scalars of ristretto255. */
import type { RandomBytes } from "../../dsl/index.ts";
import { scalars as Fn } from "../../runtime/crypto/ristretto.ts";

export interface Sharing {
  /** How many shares give the secret. */
  readonly threshold: number;
}

export function isScalar(value: unknown): boolean {
  return value instanceof Uint8Array && value.length === Fn.BYTES && Fn.isValid(scalar(value));
}

export function scalar(bytes: Uint8Array): bigint {
  return Fn.fromBytes(bytes, true);
}

export function toBytes(value: bigint): Uint8Array {
  return Fn.toBytes(value);
}

export function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => Fn.add(total, value), Fn.ZERO);
}

/** Where a device's share lies: its place among the holders, from 1. */
export function pointOf(device: string, holders: readonly string[]): bigint {
  return BigInt(holders.indexOf(device) + 1);
}

/** The value at `point` of a random polynomial through `constant` at 0. */
export function evaluate(
  constant: bigint,
  { threshold }: Sharing,
  point: bigint,
  random: RandomBytes,
): bigint {
  // 48 bytes a coefficient: taken modulo the order they are as good as uniform.
  const rest = Array.from({ length: threshold - 1 }, () =>
    random(48).reduce((value, byte) => Fn.create(value * 256n + BigInt(byte)), Fn.ZERO),
  );
  return [...rest, constant].reduce((value, each) => Fn.add(Fn.mul(value, point), each), Fn.ZERO);
}

/** The value at 0 of the polynomial through `shares` (Lagrange). */
export function constantOf(shares: readonly (readonly [point: bigint, value: bigint])[]): bigint {
  const terms = shares.map(([point, value]) => {
    const others = shares.filter(([other]) => other !== point);
    return others.reduce(
      (term, [other]) => Fn.mul(term, Fn.div(other, Fn.sub(other, point))),
      value,
    );
  });
  return sum(terms);
}
