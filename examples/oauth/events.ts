/** What the owner of an account, an app and the authorisation server say (names after RFC 6749). */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType, NoPayload } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../payload.ts";

/** `challenge` is the hash of a secret that the app shows when it fetches the token (RFC 7636). */
export interface RequestAuthorization {
  readonly scope: string;
  readonly challenge: string;
}

export const RequestAuthorization: EventType<"RequestAuthorization", RequestAuthorization> = event(
  "RequestAuthorization",
  v.strictObject({ scope: v.string(), challenge: v.string() }),
  "device",
);

export interface GiveCredentials {
  readonly user: string;
  readonly password: string;
  readonly challenge: string;
}

export const GiveCredentials: EventType<"GiveCredentials", GiveCredentials> = event(
  "GiveCredentials",
  v.strictObject({ user: v.string(), password: v.string(), challenge: v.string() }),
  "device",
);

export interface GrantCode {
  readonly code: string;
}

export const GrantCode: EventType<"GrantCode", GrantCode> = event(
  "GrantCode",
  v.strictObject({ code: v.string() }),
  "device",
);

export const RetryLogin: EventType<"RetryLogin", NoPayload> = event(
  "RetryLogin",
  nothing,
  "device",
);

export const DenyAccess: EventType<"DenyAccess", NoPayload> = event(
  "DenyAccess",
  nothing,
  "device",
);

export interface ExchangeCode {
  readonly code: string;
  readonly verifier: string;
}

export const ExchangeCode: EventType<"ExchangeCode", ExchangeCode> = event(
  "ExchangeCode",
  v.strictObject({ code: v.string(), verifier: v.string() }),
  "device",
);

export interface IssueToken {
  readonly token: string;
}

export const IssueToken: EventType<"IssueToken", IssueToken> = event(
  "IssueToken",
  v.strictObject({ token: v.string() }),
  "device",
);

export const AbortAuthorization: EventType<"AbortAuthorization", AbortPayload> = event(
  "AbortAuthorization",
  abortPayload,
  "device",
);
