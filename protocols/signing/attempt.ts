/** An attempt: who is pinned, and as which share of the key. */
import type { FrostCommitment } from "../../runtime/crypto/frost.ts";
import type { Attempting, Pinned, SigningParams } from "./context.ts";

/** The number of a device's key share, from 1; 0 where it has none. */
export function shareNumber({ members }: SigningParams, device: string): number {
  return members.indexOf(device) + 1;
}

/** Those whom an attempt is made without. */
export function leftOut({ Retry }: Pick<Attempting, "Retry">): readonly string[] {
  return Retry?.without ?? [];
}

/** The commitments that the attempt's signature is made under. */
export function commitmentsOf({
  params,
  Attempt,
}: Pick<Pinned, "params" | "Attempt">): readonly FrostCommitment[] {
  return Attempt.signers.map(({ device, commitment }) => ({
    identifier: shareNumber(params, device),
    commitment,
  }));
}

/** Names the nonces of an attempt. */
export function placeOf({ session, turn }: Pick<Attempting, "session" | "turn">): string {
  return `${session} ${turn}`;
}
