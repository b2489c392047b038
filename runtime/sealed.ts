/**
 * Payloads for one receiver: sealed with HPKE to its device, and bound to where they stand. On the
 * ledger everybody sees that something was sent, by whom and to whom, and how long it is.
 */
import * as v from "valibot";
import { ProtocolError } from "../dsl/index.ts";
import type { AnyEvent } from "../dsl/index.ts";
import { deriveEntropy } from "./crypto/entropy.ts";
import { labelled } from "./crypto/hash.ts";
import { open, seal } from "./crypto/hpke.ts";
import type { Device } from "./device.ts";
import { encode, readCbor } from "./ledger/cbor.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { validatePayload } from "./payload.ts";
import type { Validation } from "./payload.ts";
import type { Session } from "./session.ts";

const info = "aura/send/v1";
const limits = Object.freeze({ maxBytes: 32 * 1024, maxDepth: 16 });

const wire = v.strictObject({
  to: v.string(),
  sealed: v.custom<Uint8Array>((value) => value instanceof Uint8Array, "not bytes"),
});

/** Where a sealed payload stands; all of it is authenticated with the payload. */
export interface SealedPlace {
  readonly session: Session;
  /** The slot's step on the ledger, and its turn. */
  readonly step: string;
  readonly iteration: number;
  readonly event: AnyEvent;
  /** Device ids of author and receiver. */
  readonly from: string;
  readonly to: string;
}

/** `event` as it stands on the ledger: its payload sealed. */
export function sealedEvent(event: AnyEvent): AnyEvent {
  return { ...event, schema: wire };
}

/**
 * Seals `payload` to the receiver's device. The same payload at the same place is always sealed to
 * the same bytes, so that a device which runs its script again does not write a second content.
 *
 * @throws ProtocolError `InvalidInput` for a receiver that is no device or guardian of the account
 */
export async function sealPayload(
  payload: unknown,
  place: SealedPlace,
  device: Device,
  { state }: Ledger,
): Promise<unknown> {
  const receiver = state.member(place.to);
  if (receiver === undefined) {
    throw new ProtocolError({
      code: "InvalidInput",
      what: "something is to be sealed to a device that the account does not have",
      todo: "Cast devices and guardians of the account",
      where: { step: place.step, device: place.to },
    });
  }
  const plaintext = encode(payload);
  const aad = aadOf(place);
  const entropy = deriveEntropy(device.entropySecret, "aura/send/entropy/v1", aad, plaintext)(32);
  const recipient = receiver.sealingKey;
  return { to: place.to, sealed: await seal({ recipient, info, aad, plaintext, entropy }) };
}

/** What was sealed to this device, or why it cannot be read. */
export async function openPayload(
  payload: unknown,
  place: SealedPlace,
  device: Device,
): Promise<Validation> {
  const parsed = v.safeParse(wire, payload);
  if (!parsed.success || parsed.output.to !== device.id) {
    return { issue: "it is not sealed to the device that waits for it" };
  }
  try {
    const { sealed } = parsed.output;
    const plaintext = await open({ keyPair: device.sealing, info, aad: aadOf(place), sealed });
    const reading = readCbor(plaintext, limits);
    return reading.ok ? validatePayload(place.event, reading.value) : { issue: reading.detail };
  } catch (error) {
    if (!(error instanceof ProtocolError) || error.code !== "Rejected") throw error;
    return { issue: error.what };
  }
}

function aadOf({ session, step, iteration, event, from, to }: SealedPlace): Uint8Array {
  const turn = iteration === 0 ? [] : [String(iteration)];
  return labelled("aura/send/aad/v1", session.id, step, event.name, from, to, ...turn);
}
