/** Looks for secrets where they must not be. */
import { toHex } from "../../runtime/crypto/hash.ts";

/**
 * Names of the secrets that occur in one of the places, as raw bytes, hexadecimal, base64 or a list
 * of numbers.
 */
export function leaksOf(
  places: readonly unknown[],
  secrets: Readonly<Record<string, Uint8Array>>,
): readonly string[] {
  const texts = places.map((place) =>
    place instanceof Uint8Array ? toHex(place) : JSON.stringify(place, plain).toLowerCase(),
  );
  return Object.entries(secrets)
    .filter(([, secret]) =>
      formsOf(secret).some((form) => texts.some((text) => text.includes(form))),
    )
    .map(([name]) => name);
}

function plain(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? toHex(value) : value;
}

function formsOf(secret: Uint8Array): readonly string[] {
  const base64 = Buffer.from(secret).toString("base64").toLowerCase();
  return [toHex(secret), base64.slice(0, 40), secret.join()];
}
