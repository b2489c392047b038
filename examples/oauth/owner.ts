/** The owner logs in at the server, and takes the code or the refusal to the app. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { GiveCredentials, GrantCode, RequestAuthorization } from "./events.ts";

export interface Owner {
  readonly user: string;
  /** What the owner types, one a turn. */
  readonly passwords: readonly string[];
}

export function credentials({
  device,
  turn,
  Request,
}: {
  readonly device: Owner;
  readonly turn: number;
  readonly Request: PayloadOf<typeof RequestAuthorization>;
}): PayloadOf<typeof GiveCredentials> {
  const { user, passwords } = device;
  return { user, password: passwords[turn] ?? "", challenge: Request.challenge };
}

export function handOn({
  Grant,
}: {
  readonly Grant: PayloadOf<typeof GrantCode>;
}): PayloadOf<typeof GrantCode> {
  return { code: Grant.code };
}
