/** A holder of a share: it re-randomises what was dealt, and opens it. */
import type { ActionContext, Collected, PayloadOf } from "../../dsl/index.ts";
import type { DealShare, OpenShare, RefreshShare } from "./events.ts";
import { constantOf, evaluate, pointOf, scalar, sum, toBytes } from "./field.ts";
import type { Sharing } from "./field.ts";

interface Holders {
  readonly cast: { readonly holder: readonly string[] };
}

type Refreshing = Pick<ActionContext<Sharing, unknown>, "params" | "entropy"> &
  Holders & { readonly to: string };

/** A share of zero: it changes every share and leaves the secret as it is. */
export function zeroShareFor(context: Refreshing): PayloadOf<typeof RefreshShare> {
  const { params, entropy, cast, to } = context;
  return { share: toBytes(evaluate(0n, params, pointOf(to, cast.holder), entropy("zero"))) };
}

export function refreshed({
  Share,
  Refresh,
}: {
  readonly Share: PayloadOf<typeof DealShare>;
  readonly Refresh: Collected<PayloadOf<typeof RefreshShare>>;
}): bigint {
  return sum([Share, ...Refresh.map(({ payload }) => payload)].map(({ share }) => scalar(share)));
}

export function openShare({ Fresh }: { readonly Fresh: bigint }): PayloadOf<typeof OpenShare> {
  return { share: toBytes(Fresh) };
}

/** Every quorum gives the same secret. */
export function interpolate({
  Open,
  cast,
}: Holders & { readonly Open: Collected<PayloadOf<typeof OpenShare>> }): bigint {
  return constantOf(
    Open.map(({ author, payload }) => [pointOf(author, cast.holder), scalar(payload.share)]),
  );
}
