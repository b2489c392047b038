/** What the coordinator says. */
import type { PayloadOf } from "../../../dsl/index.ts";
import { packageHash } from "../../genesis/shared-key.ts";
import { inputOf, sealBlind } from "../blind.ts";
import type { DerivedKey, Opening, Revealed } from "../context.ts";
import type { FinalizeDkdSession, InitiateDkdSession } from "../events.ts";
import { blind } from "../prf.ts";

/** Blinds the input, and lets every device of the session open the blinding. */
export async function initiate(context: Opening): Promise<PayloadOf<typeof InitiateDkdSession>> {
  const { params, cast, entropy } = context;
  const { blinded, blindScalar } = blind(inputOf(params), entropy("blind"));
  const devices = new Set([...Object.values(cast)].flat());
  const receivers = params.members.filter((member) => devices.has(member.device));
  const sealed = await Promise.all(
    receivers.map((receiver) => sealBlind(context, receiver, blinded, blindScalar)),
  );
  blindScalar.fill(0);
  return { packageHash: packageHash(params.keyset), blinded, sealed };
}

/** Publishes what everyone can compare, and never the key. */
export function finalize({
  Aggregate,
  Reveal,
}: Revealed & { readonly Aggregate: DerivedKey }): PayloadOf<typeof FinalizeDkdSession> {
  const { publicKey, checkValue } = Aggregate;
  return { publicKey, checkValue, quorum: Reveal.map(({ author }) => author) };
}
