/** What the owner of an account, an app and the authorisation server say (names after RFC 6749). */
import { event } from "../../dsl/index.ts";
import { abortPayload, nothing, record, text } from "../../runtime/schema.ts";

/** `challenge` is the hash of a secret that the app shows when it fetches the token (RFC 7636). */
export interface RequestAuthorization {
  readonly scope: string;
  readonly challenge: string;
}

export const RequestAuthorization = event(
  "RequestAuthorization",
  record<RequestAuthorization>({ scope: text(), challenge: text() }),
  "device",
);

export interface GiveCredentials {
  readonly user: string;
  readonly password: string;
  readonly challenge: string;
}

export const GiveCredentials = event(
  "GiveCredentials",
  record<GiveCredentials>({ user: text(), password: text(), challenge: text() }),
  "device",
);

export interface GrantCode {
  readonly code: string;
}

export const GrantCode = event("GrantCode", record<GrantCode>({ code: text() }), "device");

export const RetryLogin = event("RetryLogin", nothing, "device");

export const DenyAccess = event("DenyAccess", nothing, "device");

export interface ExchangeCode {
  readonly code: string;
  readonly verifier: string;
}

export const ExchangeCode = event(
  "ExchangeCode",
  record<ExchangeCode>({ code: text(), verifier: text() }),
  "device",
);

export interface IssueToken {
  readonly token: string;
}

export const IssueToken = event("IssueToken", record<IssueToken>({ token: text() }), "device");

export const AbortAuthorization = event("AbortAuthorization", abortPayload, "device");
