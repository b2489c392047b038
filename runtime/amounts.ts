/** The numbers of a script that a parameter can say, and the devices that play a role. */
import type { ScriptSession } from "./instruction.ts";

/** A number, or the parameter of this name where it is a number. */
export function numberOf(amount: number | string, params: unknown): number | undefined {
  if (typeof amount === "number") return amount;
  if (typeof params !== "object" || params === null) return undefined;
  const value: unknown = Object.entries(params).find(([name]) => name === amount)?.[1];
  return typeof value === "number" ? value : undefined;
}

/** As {@link numberOf}, where it is a whole number from `least` to `most`. */
export function wholeNumber(
  amount: number | string,
  params: unknown,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const number = numberOf(amount, params);
  if (number === undefined || !Number.isSafeInteger(number)) return undefined;
  return number >= least && number <= most ? number : undefined;
}

/** The devices that play `role`. */
export function membersOf(cast: ScriptSession["cast"], role: string): readonly string[] {
  const players = Object.hasOwn(cast, role) ? cast[role] : undefined;
  if (players === undefined) return [];
  return typeof players === "string" ? [players] : players;
}
