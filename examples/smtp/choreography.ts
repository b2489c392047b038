/**
 * A mail client and its server: SMTP (RFC 5321, with STARTTLS of RFC 3207, after which the two begin
 * anew), the protocol that session types are tried on (Hu, Yoshida: "Hybrid session verification
 * through endpoint API generation", FASE 2016).
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import * as own from "./client.ts";
import {
  Data,
  Ehlo,
  Features,
  Mail,
  Message,
  Quit,
  Rcpt,
  Reply,
  StartTls,
  AbortMail,
} from "./events.ts";
import * as serves from "./server.ts";

export const smtp = choreography("smtp", {
  roles: { client: one, server: one },
  session: `
    Greeting . rec Hello {
      Ehlo . Features . rec Letter {
        { StartTls . Ready . Hello
        | Mail . MailOk . rec Envelope {
            { Rcpt . RcptReply . Envelope
            | Data . GoOn . Message . Queued . Letter }
          }
        | Quit . Bye }
      }
    }`,
  params: type<object>(),
  device: type<own.Client & serves.Server>(),
  abort: AbortMail,
})
  .send("Greeting", {
    by: "server",
    to: "client",
    event: Reply,
    payload: serves.ready,
    within: epochs(5),
  })
  .rec("Hello", { atMost: 2 }, (b) =>
    b
      .send("Ehlo", {
        by: "client",
        to: "server",
        event: Ehlo,
        payload: own.hello,
        within: epochs(5),
      })
      .send("Features", {
        by: "server",
        to: "client",
        event: Features,
        payload: serves.features,
        within: epochs(5),
      })
      .rec("Letter", { atMost: 100 }, (b) =>
        b.choice("StartTls | Mail | Quit", {
          by: "client",
          decide: own.next,
          branches: {
            StartTls: (b) =>
              b
                .send("StartTls", {
                  by: "client",
                  to: "server",
                  event: StartTls,
                  payload: () => ({}),
                  within: epochs(5),
                })
                .send("Ready", {
                  by: "server",
                  to: "client",
                  event: Reply,
                  payload: serves.ready,
                  accept: own.isSecure,
                  within: epochs(5),
                })
                .again("Hello"),
            Mail: (b) =>
              b
                .send("Mail", {
                  by: "client",
                  to: "server",
                  event: Mail,
                  payload: own.mail,
                  within: epochs(5),
                })
                .send("MailOk", {
                  by: "server",
                  to: "client",
                  event: Reply,
                  payload: serves.ok,
                  within: epochs(5),
                })
                .rec("Envelope", { atMost: 100 }, (b) =>
                  b.choice("Rcpt | Data", {
                    by: "client",
                    decide: own.rcptOrData,
                    branches: {
                      Rcpt: (b) =>
                        b
                          .send("Rcpt", {
                            by: "client",
                            to: "server",
                            event: Rcpt,
                            payload: own.rcpt,
                            within: epochs(5),
                          })
                          .send("RcptReply", {
                            by: "server",
                            to: "client",
                            event: Reply,
                            payload: serves.knownOrNot,
                            within: epochs(5),
                          })
                          .again("Envelope"),
                      Data: (b) =>
                        b
                          .send("Data", {
                            by: "client",
                            to: "server",
                            event: Data,
                            payload: () => ({}),
                            within: epochs(5),
                          })
                          .send("GoOn", {
                            by: "server",
                            to: "client",
                            event: Reply,
                            payload: serves.goOn,
                            within: epochs(5),
                          })
                          .send("Message", {
                            by: "client",
                            to: "server",
                            event: Message,
                            payload: own.message,
                            accept: serves.hasShortLines,
                            within: epochs(5),
                          })
                          .send("Queued", {
                            by: "server",
                            to: "client",
                            event: Reply,
                            payload: serves.ok,
                            within: epochs(5),
                          })
                          .again("Letter"),
                    },
                  }),
                ),
            Quit: (b) =>
              b
                .send("Quit", {
                  by: "client",
                  to: "server",
                  event: Quit,
                  payload: () => ({}),
                  within: epochs(5),
                })
                .send("Bye", {
                  by: "server",
                  to: "client",
                  event: Reply,
                  payload: serves.bye,
                  within: epochs(5),
                }),
          },
        }),
      ),
  )
  .returns("nothing");
