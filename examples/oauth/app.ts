/** The app asks for access, and fetches the token with the code and its secret. */
import type { RandomBytes, PayloadOf } from "../../dsl/index.ts";
import { sha256, toHex } from "../../runtime/crypto/hash.ts";
import type { ExchangeCode, GrantCode, RequestAuthorization } from "./events.ts";

export interface App {
  readonly scope: string;
}

interface Context {
  readonly device: App;
  readonly entropy: (purpose: string) => RandomBytes;
}

/** The secret of this session: whoever reads the code cannot use it without. */
function verifierOf({ entropy }: Context): string {
  return toHex(entropy("verifier")(32));
}

export function request(context: Context): PayloadOf<typeof RequestAuthorization> {
  const challenge = toHex(sha256(new TextEncoder().encode(verifierOf(context))));
  return { scope: context.device.scope, challenge };
}

export function exchange(
  context: Context & { readonly Code: PayloadOf<typeof GrantCode> },
): PayloadOf<typeof ExchangeCode> {
  return { code: context.Code.code, verifier: verifierOf(context) };
}
