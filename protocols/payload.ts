/** Payload building blocks that several protocols use. */
import * as v from "valibot";

/** A device id, as in the account's roster. */
export const deviceId = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,31}$/));

/** Exactly `length` bytes. */
export function bytes(length: number) {
  return v.custom<Uint8Array>(
    (value) => value instanceof Uint8Array && value.length === length,
    `not ${length} bytes`,
  );
}

/** A ciphertext for one device; HPKE adds 48 bytes to a short secret. */
export const sealedFor = v.strictObject({
  to: deviceId,
  ciphertext: v.custom<Uint8Array>(
    (value) => value instanceof Uint8Array && value.length <= 4096,
    "not a ciphertext of at most 4096 bytes",
  ),
});

const hash = v.pipe(v.string(), v.hexadecimal(), v.length(64));
const reason = v.pipe(v.string(), v.maxLength(200));
const blame = v.strictObject({
  device: deviceId,
  reason,
  evidence: v.pipe(v.array(hash), v.maxLength(64)),
});

/** What a device says when it gives a session up. */
export const abortPayload = v.strictObject({
  reason,
  blamed: v.pipe(v.array(blame), v.maxLength(64)),
});
