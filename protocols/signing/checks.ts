/** What each device checks of the others' events before they count. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { PayloadOf, Verdict } from "../../dsl/index.ts";
import { isFrostCommitment, verifyFrostShare } from "../../runtime/crypto/frost.ts";
import { equalBytes, sha256 } from "../../runtime/crypto/hash.ts";
import { signatures } from "../../runtime/crypto/signature.ts";
import { commitmentsOf, leftOut, shareNumber } from "./attempt.ts";
import type { Attempting, Committed, Opening, Pinned } from "./context.ts";
import type {
  CommitNonces,
  FinalizeSignature,
  PinSigners,
  ProposeSignature,
  RetrySigning,
  ShareSignature,
} from "./events.ts";

type Of<Context> = Context & { readonly author: string };

/** The coordinator asks for what this device has in its parameters, and was shown. */
export function proposesMessage(
  proposal: PayloadOf<typeof ProposeSignature>,
  { params }: Opening,
): Verdict {
  const { keyset, members, threshold, message } = params;
  const fits =
    threshold === keyset.threshold &&
    members.length === keyset.size &&
    keyset.verifyingShares.length === keyset.size;
  if (!fits) return rejected("BadParameters", "the key is shared otherwise than the session says");
  if (!equalBytes(proposal.groupKey, keyset.groupKey)) {
    return rejected("WrongKey", "it is for another key than the session's");
  }
  const same = equalBytes(proposal.messageHash, sha256(message));
  return same ? accepted : rejected("WrongMessage", "it is for another message than the session's");
}

/** The author has a share of the key, is not left out, and committed to points of prime order. */
export function commitsWell(
  { commitment }: PayloadOf<typeof CommitNonces>,
  context: Of<Attempting>,
): Verdict {
  const { author, params } = context;
  if (shareNumber(params, author) === 0) {
    return rejected("NoShare", "its author has no share of the key");
  }
  if (leftOut(context).includes(author)) {
    return rejected("LeftOut", "its author did not do its part in an attempt before");
  }
  if (isFrostCommitment(commitment)) return accepted;
  return rejected("BadCommitment", "it is not two points of prime order");
}

/**
 * As many distinct signers are pinned as it takes, in order, none of them left out, each with the
 * commitment that it made as far as this device knows. A signer whose commitment is misquoted gives
 * no share, so none is put down to it under a commitment that it did not make.
 */
export function pinsCommitters(
  { signers }: PayloadOf<typeof PinSigners>,
  context: Committed,
): Verdict {
  const { params, Commit } = context;
  const numbers = signers.map(({ device }) => shareNumber(params, device));
  const isOrdered = numbers.every((n, i) => n > (numbers[i - 1] ?? 0));
  if (numbers.length !== params.threshold || !isOrdered) {
    return rejected(
      "BadAttempt",
      "it does not pin as many signers of the key as it takes, in order",
    );
  }
  if (signers.some(({ device }) => leftOut(context).includes(device))) {
    return rejected("BadAttempt", "it pins a signer that is left out");
  }
  const isTrue = signers.every(({ device, commitment }) => {
    const known = Commit.find(({ author }) => author === device);
    const differs = known !== undefined && !equalBytes(known.payload.commitment, commitment);
    return !differs && isFrostCommitment(commitment);
  });
  return isTrue ? accepted : rejected("BadAttempt", "it pins a commitment that was not made");
}

/** The share is what its author owes to the signature; or there is none. */
export function verifiesShare(
  { share }: PayloadOf<typeof ShareSignature>,
  context: Of<Pinned>,
): Verdict {
  if (share.length === 0) return accepted;
  const { author, params, Attempt } = context;
  if (!Attempt.signers.some(({ device }) => device === author)) {
    return rejected("NotPinned", "its author does not sign in this attempt");
  }
  const { keyset, message } = params;
  const own = { identifier: shareNumber(params, author), share };
  const holds = verifyFrostShare(keyset, commitmentsOf(context), message, own);
  return holds ? accepted : rejected("BadShare", "it is not its author's share of the signature");
}

/** The signature holds, by the rule that admits events to the ledger. */
export function holdsForKey(
  { signature }: PayloadOf<typeof FinalizeSignature>,
  { params }: Opening,
): Verdict {
  const holds = signatures.verify(params.keyset.groupKey, params.message, signature);
  return holds ? accepted : rejected("BadSignature", "it does not hold for the group's key");
}

/** It leaves out somebody more, all of them signers of the attempt or left out before. */
export function leavesOutSigners(
  { without }: PayloadOf<typeof RetrySigning>,
  context: Pinned,
): Verdict {
  const before = leftOut(context);
  const pinned = new Set(context.Attempt.signers.map(({ device }) => device));
  const fits =
    new Set(without).size === without.length &&
    without.length > before.length &&
    before.every((device) => without.includes(device)) &&
    without.every((device) => before.includes(device) || pinned.has(device));
  return fits ? accepted : rejected("BadRetry", "it leaves out others than those who were to sign");
}
