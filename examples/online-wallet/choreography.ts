/**
 * An online wallet (Neykova, Yoshida, Hu: "SPY: local verification of global protocols", RV 2013):
 * who logs in pays bills, told in each turn what is left. What a bill may cost depends on what was
 * said before; the server checks it.
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import { admit } from "./authenticator.ts";
import type { Authenticator } from "./authenticator.ts";
import { bill, login, payOrQuit } from "./client.ts";
import type { Client } from "./client.ts";
import * as events from "./events.ts";
import { account, book, covered } from "./server.ts";
import type { Server } from "./server.ts";

export const onlineWallet = choreography("online-wallet", {
  roles: { client: one, authenticator: one, server: one },
  session: `
    Login{client → authenticator}(LogIn) . {
        Admit{authenticator}(Welcome) . rec Paying {
            Account{server → client}(TellAccount) . {
                Pay{client → server}(PayBill) . Book{server} . Paying
                | Quit{client → server}(Quit)
              }
          }
        | Refuse{authenticator}(TurnAway)
      }`,
  params: type<object>(),
  device: type<Client & Authenticator & Server>(),
  abort: events.AbortWallet,
})
  .send("Login", {
    by: "client",
    to: "authenticator",
    event: events.LogIn,
    payload: login,
    sealed: true,
    within: epochs(5),
  })
  .choice("Admit | Refuse", {
    by: "authenticator",
    decide: admit,
    branches: {
      Admit: (chain) =>
        chain
          .broadcast("Admit", {
            by: "authenticator",
            event: events.Welcome,
            payload: () => ({}),
            within: epochs(10),
          })
          .rec("Paying", { atMost: 100 }, (turn) =>
            turn
              .send("Account", {
                by: "server",
                to: "client",
                event: events.TellAccount,
                payload: account,
                within: epochs(5),
              })
              .choice("Pay | Quit", {
                by: "client",
                decide: payOrQuit,
                branches: {
                  Pay: (paying) =>
                    paying
                      .send("Pay", {
                        by: "client",
                        to: "server",
                        event: events.PayBill,
                        payload: bill,
                        accept: covered,
                        within: epochs(20),
                      })
                      .local("Book", { at: "server", action: book })
                      .again("Paying"),
                  Quit: (quitting) =>
                    quitting.send("Quit", {
                      by: "client",
                      to: "server",
                      event: events.Quit,
                      payload: () => ({}),
                      within: epochs(20),
                    }),
                },
              }),
          ),
      Refuse: (chain) =>
        chain.broadcast("Refuse", {
          by: "authenticator",
          event: events.TurnAway,
          payload: () => ({}),
          within: epochs(10),
        }),
    },
  })
  .returns("nothing");
