/** The second station passes on what the first sent. */
import type { Station, Token } from "./station.ts";

export function addSecond({
  device,
  Pass,
}: {
  readonly device: Station;
  readonly Pass: Token;
}): Token {
  return { sum: Pass.sum + device.weight };
}
