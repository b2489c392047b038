/** What each member says and computes. */
import type { PayloadOf } from "../../dsl/index.ts";
import { packagesOf, polynomialStream, seatOf } from "./context.ts";
import type { Committed, Dealt, Opening } from "./context.ts";
import { round1, round2, round3 } from "./dkg.ts";
import type { CommitGenesis, ConfirmGenesis, DealGenesis } from "./events.ts";
import { openShare, sealShare } from "./sealed-share.ts";
import { packageHash } from "./shared-key.ts";
import type { KeyShare } from "./shared-key.ts";

/** Shows commitments to this member's polynomial. */
export function commit(context: Opening): PayloadOf<typeof CommitGenesis> {
  return { package: round1(seatOf(context), polynomialStream(context)) };
}

/** Deals a share to every other member. */
export async function deal(context: Committed): Promise<PayloadOf<typeof DealGenesis>> {
  const shares = round2(seatOf(context), polynomialStream(context), packagesOf(context));
  return { sealed: await Promise.all(shares.map((share) => sealShare(context, share))) };
}

/** Adds the shares that came up: this member's share of the key, which stays here. */
export async function combineShares(context: Dealt): Promise<KeyShare> {
  const { self, Deal } = context;
  const received = await Promise.all(
    Deal.filter(({ author }) => author !== self).map(async ({ author, payload, hash }) => ({
      author,
      hash,
      bytes: await openShare(context, author, payload.sealed),
    })),
  );
  return round3(seatOf(context), polynomialStream(context), packagesOf(context), received);
}

/** Names the public package that this member arrived at. */
export function confirm({ Share }: { readonly Share: KeyShare }): PayloadOf<typeof ConfirmGenesis> {
  return { packageHash: packageHash(Share.publicPackage) };
}
