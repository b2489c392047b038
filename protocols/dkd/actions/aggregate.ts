/** What everyone computes: the key, the same from every quorum of reveals. */
import { signatures } from "../../../runtime/crypto/signature.ts";
import { memberNumber } from "../../member.ts";
import { inputOf, openBlind } from "../blind.ts";
import type { DerivedKey, Revealed } from "../context.ts";
import { combine, deriveKey } from "../prf.ts";

/**
 * Joins the verified evaluations of any `threshold` participants. Lagrange interpolation in the
 * exponent gives the one value that the undivided key would give, whichever quorum this device
 * happened to see.
 */
export async function aggregate(context: Revealed): Promise<DerivedKey> {
  const { params, Reveal } = context;
  const values = Reveal.map(({ author, payload }) => ({
    identifier: memberNumber(params.members, author),
    element: payload.element,
  }));
  const blindScalar = await openBlind(context);
  const output = combine(values, params.keyset.threshold, inputOf(params), blindScalar);
  blindScalar.fill(0);
  const { secretKey, publicKey } = signatures.keyPair(deriveKey(output, "ed25519", 32));
  const checkValue = deriveKey(output, "check value", 16);
  output.fill(0);
  return { secretKey, publicKey, checkValue };
}
