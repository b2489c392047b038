/**
 * OAuth 2, the authorisation code grant (RFC 6749, §4.1, with the proof of RFC 7636). As a session
 * type: Scalas, Yoshida: "Less is more: multiparty session types revisited", POPL 2019, §1; here with
 * a login that may be tried again. The app hears of the outcome alone, from the owner.
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import { exchange, request } from "./app.ts";
import type { App } from "./app.ts";
import * as events from "./events.ts";
import { credentials, handOn } from "./owner.ts";
import type { Owner } from "./owner.ts";
import { code, fromTheApp, judge, token } from "./server.ts";
import type { Server } from "./server.ts";

export const oauth = choreography("oauth", {
  roles: { owner: one, app: one, server: one },
  session: `
    Request{app → owner}(RequestAuthorization) . rec Login {
        Credentials{owner → server}(GiveCredentials) . {
            Grant{server → owner}(GrantCode) . Code{owner → app}(GrantCode)
              . Exchange{app → server}(ExchangeCode) . Token{server → app}(IssueToken)
            | Retry{server → owner}(RetryLogin) . Login
            | Deny{server → owner}(DenyAccess) . Denied{owner → app}(DenyAccess)
          }
      }`,
  params: type<object>(),
  device: type<Owner & App & Server>(),
  abort: events.AbortAuthorization,
})
  .send("Request", {
    by: "app",
    to: "owner",
    event: events.RequestAuthorization,
    payload: request,
    within: epochs(5),
  })
  .rec("Login", { atMost: 5 }, (turn) =>
    turn
      .send("Credentials", {
        by: "owner",
        to: "server",
        event: events.GiveCredentials,
        payload: credentials,
        sealed: true,
        within: epochs(20),
      })
      .choice("Grant | Retry | Deny", {
        by: "server",
        decide: judge,
        branches: {
          Grant: (chain) =>
            chain
              .send("Grant", {
                by: "server",
                to: "owner",
                event: events.GrantCode,
                payload: code,
                within: epochs(5),
              })
              .send("Code", {
                by: "owner",
                to: "app",
                event: events.GrantCode,
                payload: handOn,
                within: epochs(200),
              })
              .send("Exchange", {
                by: "app",
                to: "server",
                event: events.ExchangeCode,
                payload: exchange,
                accept: fromTheApp,
                sealed: true,
                within: epochs(10),
              })
              .send("Token", {
                by: "server",
                to: "app",
                event: events.IssueToken,
                payload: token,
                sealed: true,
                within: epochs(5),
              }),
          Retry: (chain) =>
            chain
              .send("Retry", {
                by: "server",
                to: "owner",
                event: events.RetryLogin,
                payload: () => ({}),
                within: epochs(5),
              })
              .again("Login"),
          Deny: (chain) =>
            chain
              .send("Deny", {
                by: "server",
                to: "owner",
                event: events.DenyAccess,
                payload: () => ({}),
                within: epochs(5),
              })
              .send("Denied", {
                by: "owner",
                to: "app",
                event: events.DenyAccess,
                payload: () => ({}),
                within: epochs(200),
              }),
        },
      }),
  )
  .returns("nothing");
