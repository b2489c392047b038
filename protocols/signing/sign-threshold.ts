/** Signing, as a caller sees it: bytes in, 64 bytes out. */
import { ProtocolError } from "../../dsl/index.ts";
import { signatures } from "../../runtime/crypto/signature.ts";
import type { DeviceAgent } from "../../runtime/agent/agent.ts";
import type { AccountRoster } from "../../runtime/ledger/roster.ts";
import { openSession } from "../../runtime/session.ts";
import type { Session } from "../../runtime/session.ts";
import type { SigningDevice, SigningParams } from "./context.ts";
import { coordinator } from "./generated/signing.coordinator.ts";
import { signer } from "./generated/signing.signer.ts";

/** The local scripts of signing, by role. */
export const signingScripts = Object.freeze({ coordinator, signer });

/** A signing session. */
export interface SigningSession extends Session {
  readonly params: SigningParams;
}

export interface SigningSpec extends Pick<
  SigningParams,
  "purpose" | "message" | "keyset" | "members"
> {
  readonly roster: AccountRoster;
  /** Device id of the one that asks. */
  readonly coordinator: string;
  /** Device ids of those who are asked: at least the threshold. */
  readonly signers: readonly string[];
  /** 16 random bytes: a session that ended without a signature is tried again under others. */
  readonly nonce: Uint8Array;
}

/** The session in which `signers` are asked to sign. Every device makes it from the same values. */
export function signingSession(spec: SigningSpec): SigningSession {
  const { roster, nonce, signers, purpose, message, keyset, members } = spec;
  const { threshold } = keyset;
  // Each attempt that fails leaves somebody out, so there are no more than these.
  const attempts = Math.max(1, signers.length - threshold + 1);
  const params = { purpose, message, threshold, attempts, keyset, members };
  const cast = { coordinator: spec.coordinator, signer: signers };
  const session = openSession({ roster, script: coordinator, params, cast, nonce });
  return { ...session, params };
}

/**
 * Plays this device's part in a signing session, on its ledger.
 *
 * @returns the group's Ed25519 signature of the message, verified
 * @throws ProtocolError as `runScript`; `InvalidInput` for a device that plays no part
 */
export async function signThreshold(
  agent: DeviceAgent,
  session: SigningSession,
  inputs: SigningDevice,
): Promise<Uint8Array> {
  const outcomes = await agent.run(session, signingScripts, inputs);
  const signature = (outcomes.coordinator ?? outcomes.signer)?.result.signature;
  if (signature === undefined) {
    throw new ProtocolError({
      code: "InvalidInput",
      what: "this device has no part in the session",
      todo: "Name it among the signers, or as the coordinator",
      where: { device: agent.device.id },
    });
  }
  const { keyset, message } = session.params;
  if (signatures.verify(keyset.groupKey, message, signature)) return signature;
  throw new ProtocolError({
    code: "InvalidState",
    what: "the session ended with a signature that does not hold",
    todo: "Report this as a defect",
  });
}
