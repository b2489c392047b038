/** The server checks passwords, and gives a token for a code that it granted. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { PayloadOf, RandomBytes, Verdict } from "../../dsl/index.ts";
import { sha256, toHex } from "../../runtime/crypto/hash.ts";
import type { ExchangeCode, GiveCredentials, GrantCode, IssueToken } from "./events.ts";

export interface Server {
  readonly accounts: Readonly<Record<string, string>>;
  readonly attempts: number;
}

interface Context {
  readonly device: Server;
  readonly turn: number;
  readonly entropy: (purpose: string) => RandomBytes;
}

interface LoggedIn {
  readonly Credentials: PayloadOf<typeof GiveCredentials>;
}

export function judge({ device, turn, Credentials }: Context & LoggedIn) {
  if (device.accounts[Credentials.user] === Credentials.password) return "Grant";
  return turn + 1 < device.attempts ? "Retry" : "Deny";
}

export function code({ entropy }: Context): PayloadOf<typeof GrantCode> {
  return { code: toHex(entropy("code")(16)) };
}

/** The code is the one that was granted, and the app is the one that asked for it. */
export function fromTheApp(
  { code: shown, verifier }: PayloadOf<typeof ExchangeCode>,
  { Grant, Credentials }: LoggedIn & { readonly Grant: PayloadOf<typeof GrantCode> },
): Verdict {
  if (shown !== Grant.code) return rejected("UnknownCode", "this code was not granted");
  const challenge = toHex(sha256(new TextEncoder().encode(verifier)));
  if (challenge === Credentials.challenge) return accepted;
  return rejected("WrongVerifier", "another app has asked for this code");
}

export function token({ entropy }: Context): PayloadOf<typeof IssueToken> {
  return { token: toHex(entropy("token")(32)) };
}
