/** The third station sends home what the second passed on. */
import type { Station, Token } from "./station.ts";

export function addThird({
  device,
  Onward,
}: {
  readonly device: Station;
  readonly Onward: Token;
}): Token {
  return { sum: Onward.sum + device.weight };
}
