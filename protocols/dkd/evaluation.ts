/** A participant's partial evaluation, and the commitment that binds it. */
import { labelled } from "../../runtime/crypto/hash.ts";
import { verifyingShareOf } from "../genesis/shared-key.ts";
import { memberNumber } from "../member.ts";
import type { DkdParams, Initiated } from "./context.ts";
import { evaluate } from "./prf.ts";
import type { Evaluation } from "./prf.ts";

/**
 * This device's evaluation of the session's blinded input. The same on every call: its randomness
 * is the session's own and bound to the input, so a device that restarts between commit and reveal
 * reveals what it committed to.
 */
export function ownEvaluation({ params, device, self, entropy, Initiate }: Initiated): Evaluation {
  const { blinded } = Initiate;
  const secret = { secret: device.keyShare };
  return evaluate(secret, verifyingShare(params, self), blinded, entropy("evaluate", blinded));
}

/** The public counterpart of a member's key share. */
export function verifyingShare(params: DkdParams, device: string): Uint8Array {
  return verifyingShareOf(params.keyset, memberNumber(params.members, device));
}

/** What binds `author` to `evaluation` in this session. */
export function commitmentTo(
  { session, Initiate }: Pick<Initiated, "session" | "Initiate">,
  author: string,
  { element, proof }: Evaluation,
): Uint8Array {
  return labelled("aura/dkd/commit/v1", session, Initiate.blinded, author, element, proof);
}
