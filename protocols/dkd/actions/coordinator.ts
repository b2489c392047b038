/** What the coordinator says. */
import { ProtocolError } from "../../../dsl/index.ts";
import type { PayloadOf } from "../../../dsl/index.ts";
import { packageHash } from "../../genesis/shared-key.ts";
import { inputOf, paramsFault, sealBlind } from "../blind.ts";
import type { DerivedKey, Opening, Revealed } from "../context.ts";
import type { FinalizeDkdSession, InitiateDkdSession } from "../events.ts";
import { blind } from "../prf.ts";

/**
 * Blinds the input, and lets every device of the session open the blinding.
 *
 * @throws ProtocolError `InvalidInput` for parameters that are not those of their key set
 */
export async function initiate(context: Opening): Promise<PayloadOf<typeof InitiateDkdSession>> {
  const { params, cast, entropy } = context;
  const fault = paramsFault(params);
  if (fault !== undefined) {
    const todo = "Open the session with the threshold and the members of its key set";
    throw new ProtocolError({ code: "InvalidInput", what: fault, todo });
  }
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
