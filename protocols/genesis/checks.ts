/** What each member checks of the others' events before they count. */
import { ProtocolError, accepted, rejected } from "../../dsl/index.ts";
import type { PayloadOf, Verdict } from "../../dsl/index.ts";
import { equalBytes } from "../../runtime/crypto/hash.ts";
import { memberNumber } from "../member.ts";
import type { Committed, Opening } from "./context.ts";
import { packageFault, shareFault } from "./deal.ts";
import type { CommitGenesis, ConfirmGenesis, DealGenesis } from "./events.ts";
import { openShare } from "./sealed-share.ts";
import { packageHash } from "./shared-key.ts";
import type { KeyShare } from "./shared-key.ts";

/** The package is well formed, and its author knows the secret behind it. */
export function provesSecret(
  commit: PayloadOf<typeof CommitGenesis>,
  { params, author }: Opening & { readonly author: string },
): Verdict {
  const number = memberNumber(params.members, author);
  const fault = packageFault(number, commit.package, params.threshold);
  return fault === undefined ? accepted : rejected(fault, "its package does not hold");
}

/** The share for this device opens, and lies on the polynomial that its dealer committed to. */
export async function opensToShare(
  { sealed }: PayloadOf<typeof DealGenesis>,
  context: Committed & { readonly author: string },
): Promise<Verdict> {
  const { self, author, params } = context;
  if (author === self) return accepted;
  const shown = context.Commit.find((commit) => commit.author === author);
  if (shown === undefined) return rejected("DealWithoutCommit", "its author committed to nothing");
  try {
    const share = await openShare(context, author, sealed);
    const number = memberNumber(params.members, self);
    const fault = shareFault(number, share, shown.payload.package, params.threshold);
    return fault === undefined ? accepted : rejected(fault, "its share is off its polynomial");
  } catch (error) {
    if (!(error instanceof ProtocolError) || error.code !== "Rejected") throw error;
    return rejected("UnreadableShare", error.what);
  }
}

/** The member arrived at the public package that this device arrived at. */
export function agreesOnPackage(
  { packageHash: hash }: PayloadOf<typeof ConfirmGenesis>,
  { Share }: { readonly Share: KeyShare },
): Verdict {
  const same = equalBytes(hash, packageHash(Share.publicPackage));
  return same ? accepted : rejected("PackageMismatch", "it arrived at another public package");
}
