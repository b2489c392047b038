/** What each receiver checks of an event before it counts. */
import { ProtocolError, accepted, rejected } from "../../dsl/index.ts";
import type { PayloadOf, Verdict } from "../../dsl/index.ts";
import { equalBytes } from "../../runtime/crypto/hash.ts";
import { packageHash } from "../genesis/shared-key.ts";
import { inputOf, openBlind, paramsFault } from "./blind.ts";
import type { Committed, DerivedKey, Opening } from "./context.ts";
import { commitmentTo, verifyingShare } from "./evaluation.ts";
import type { FinalizeDkdSession, InitiateDkdSession, RevealDkdPoint } from "./events.ts";
import { blindWith, verifyEvaluation } from "./prf.ts";

/**
 * The blinded element is that of this session's input. Without this check the coordinator could
 * have a participant evaluate its share at any point it likes.
 */
export async function sealsBlind(
  initiation: PayloadOf<typeof InitiateDkdSession>,
  context: Opening,
): Promise<Verdict> {
  const { params } = context;
  const fault = paramsFault(params);
  if (fault !== undefined) return rejected("BadParameters", fault);
  if (!equalBytes(initiation.packageHash, packageHash(params.keyset))) {
    return rejected("StaleKeyset", "it is for another public package than this device's");
  }
  try {
    const blindScalar = await openBlind({ ...context, Initiate: initiation });
    if (equalBytes(blindWith(inputOf(params), blindScalar), initiation.blinded)) return accepted;
  } catch (error) {
    if (!(error instanceof ProtocolError) || error.code !== "Rejected") throw error;
    return rejected("BadInitiate", error.what);
  }
  return rejected("BadBlind", "the blinded element is not that of the session's input");
}

/** The evaluation is the one that its author committed to, and its proof holds. */
export function opensCommitment(
  evaluation: PayloadOf<typeof RevealDkdPoint>,
  context: Committed,
): Verdict {
  const { author, params, Initiate } = context;
  const commit = context.earlier("Commit");
  if (commit === undefined) {
    return rejected("RevealWithoutCommit", "its author committed to nothing, or to two things");
  }
  if (!equalBytes(commit.commitment, commitmentTo(context, author, evaluation))) {
    return rejected("RevealMismatch", "it is not what its author committed to");
  }
  if (!verifyEvaluation(verifyingShare(params, author), Initiate.blinded, evaluation)) {
    return rejected("BadProof", "its author did not use its share of the key");
  }
  return accepted;
}

/** The coordinator derived what this device derived. */
export function agreesOnKey(
  finalization: PayloadOf<typeof FinalizeDkdSession>,
  { Aggregate }: { readonly Aggregate: DerivedKey },
): Verdict {
  const same =
    equalBytes(finalization.publicKey, Aggregate.publicKey) &&
    equalBytes(finalization.checkValue, Aggregate.checkValue);
  return same ? accepted : rejected("DkdDispute", "it names another key than this device derived");
}
