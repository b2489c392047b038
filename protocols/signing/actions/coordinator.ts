/** What the coordinator says and decides. It has no secret that a signer lacks. */
import { ProtocolError } from "../../../dsl/index.ts";
import type { PayloadOf } from "../../../dsl/index.ts";
import { frostAggregate } from "../../../runtime/crypto/frost.ts";
import { sha256 } from "../../../runtime/crypto/hash.ts";
import { commitmentsOf, leftOut, shareNumber } from "../attempt.ts";
import type { Attempted, Attempting, Committed, Opening, Shared } from "../context.ts";
import type { FinalizeSignature, PinSigners, ProposeSignature, RetrySigning } from "../events.ts";

/** Says what is to be signed. */
export function propose({ params }: Opening): PayloadOf<typeof ProposeSignature> {
  return { groupKey: params.keyset.groupKey, messageHash: sha256(params.message) };
}

/** Pins as many as it takes, of those who committed in time. */
export function pin({ params, Commit }: Committed): PayloadOf<typeof PinSigners> {
  const signers = Commit.map(({ author, payload }) => ({
    device: author,
    commitment: payload.commitment,
  }));
  const inOrder = (a: { readonly device: string }, b: { readonly device: string }): number =>
    shareNumber(params, a.device) - shareNumber(params, b.device);
  return { signers: signers.slice(0, params.threshold).toSorted(inOrder) };
}

/** Joins the shares, where all who are pinned gave theirs. */
export function aggregate(context: Shared): Attempted {
  const { params, Attempt, Share } = context;
  const given = new Map(Share?.map(({ author, payload }) => [author, payload.share]));
  const shares = Attempt.signers.map(({ device }) => ({
    device,
    identifier: shareNumber(params, device),
    share: given.get(device) ?? new Uint8Array(0),
  }));
  const failed = shares.filter(({ share }) => share.length === 0).map(({ device }) => device);
  if (failed.length > 0) return { failed };
  return {
    signature: frostAggregate(params.keyset, commitmentsOf(context), params.message, shares),
  };
}

interface Ended extends Attempting {
  readonly Aggregate: Attempted;
}

/** Whether there is a signature. */
export function isSigned({ Aggregate }: Ended): "Finalize" | "Retry" {
  return "signature" in Aggregate ? "Finalize" : "Retry";
}

/** Shows the signature. */
export function finalize({ Aggregate }: Ended): PayloadOf<typeof FinalizeSignature> {
  if ("signature" in Aggregate) return { signature: Aggregate.signature };
  throw new ProtocolError({
    code: "InvalidState",
    what: "this device ended the attempt with a signature, and does not have its shares any more",
    todo: "Read the signature from the ledger, or start a new session",
  });
}

/** Says whom the next attempt is made without. */
export function retry(context: Ended): PayloadOf<typeof RetrySigning> {
  const failed = "failed" in context.Aggregate ? context.Aggregate.failed : [];
  return { without: [...new Set([...leftOut(context), ...failed])].toSorted() };
}
