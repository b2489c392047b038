/** What the owner of an account, an app and the authorisation server say (names after RFC 6749). */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../payload.ts";

/** `challenge` is the hash of a secret that the app shows when it fetches the token (RFC 7636). */
export const RequestAuthorization = event(
  "RequestAuthorization",
  v.strictObject({ scope: v.string(), challenge: v.string() }),
  "device",
);

export const GiveCredentials = event(
  "GiveCredentials",
  v.strictObject({ user: v.string(), password: v.string(), challenge: v.string() }),
  "device",
);

export const GrantCode = event("GrantCode", v.strictObject({ code: v.string() }), "device");

export const RetryLogin = event("RetryLogin", nothing, "device");

export const DenyAccess = event("DenyAccess", nothing, "device");

export const ExchangeCode = event(
  "ExchangeCode",
  v.strictObject({ code: v.string(), verifier: v.string() }),
  "device",
);

export const IssueToken = event("IssueToken", v.strictObject({ token: v.string() }), "device");

export const AbortAuthorization = event("AbortAuthorization", abortPayload, "device");
