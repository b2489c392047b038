/**
 * A mail client and its server: SMTP (RFC 5321, with STARTTLS of RFC 3207, after which the two begin
 * anew), the protocol that session types are tried on (Hu, Yoshida: "Hybrid session verification
 * through endpoint API generation", FASE 2016).
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import { hello, isSecure, mail, message, next, rcpt, rcptOrData } from "./client.ts";
import type { Client } from "./client.ts";
import {
  AbortMail,
  Data,
  Ehlo,
  Features,
  Mail,
  Message,
  Quit,
  Rcpt,
  Reply,
  StartTls,
} from "./events.ts";
import { bye, features, goOn, hasShortLines, knownOrNot, ok, ready } from "./server.ts";
import type { Server } from "./server.ts";

export const smtp = choreography("smtp", {
  roles: { client: one, server: one },
  session: `
    Greeting{server}(Reply) . rec Hello {
        Ehlo{client}(Ehlo) . Features{server}(Features) . rec Letter {
            {
                StartTls{client}(StartTls) . Ready{server}(Reply) . Hello
                | Mail{client}(Mail) . MailOk{server}(Reply) . rec Envelope {
                    {
                        Rcpt{client}(Rcpt) . RcptReply{server}(Reply) . Envelope
                        | Data{client}(Data) . GoOn{server}(Reply)
                          . Message{client}(Message) . Queued{server}(Reply) . Letter
                      }
                  }
                | Quit{client}(Quit) . Bye{server}(Reply)
              }
          }
      }`,
  params: type<object>(),
  device: type<Client & Server>(),
  abort: AbortMail,
})
  .broadcast("Greeting", { by: "server", event: Reply, payload: ready, within: epochs(5) })
  .rec("Hello", { atMost: 2 }, (line) =>
    line
      .broadcast("Ehlo", { by: "client", event: Ehlo, payload: hello, within: epochs(5) })
      .broadcast("Features", {
        by: "server",
        event: Features,
        payload: features,
        within: epochs(5),
      })
      .rec("Letter", { atMost: 100 }, (letter) =>
        letter.choice("StartTls | Mail | Quit", {
          by: "client",
          decide: next,
          branches: {
            StartTls: (securing) =>
              securing
                .broadcast("StartTls", {
                  by: "client",
                  event: StartTls,
                  payload: () => ({}),
                  within: epochs(5),
                })
                .broadcast("Ready", {
                  by: "server",
                  event: Reply,
                  payload: ready,
                  accept: isSecure,
                  within: epochs(5),
                })
                .again("Hello"),
            Mail: (mailing) =>
              mailing
                .broadcast("Mail", { by: "client", event: Mail, payload: mail, within: epochs(5) })
                .broadcast("MailOk", { by: "server", event: Reply, payload: ok, within: epochs(5) })
                .rec("Envelope", { atMost: 100 }, (envelope) =>
                  envelope.choice("Rcpt | Data", {
                    by: "client",
                    decide: rcptOrData,
                    branches: {
                      Rcpt: (addressing) =>
                        addressing
                          .broadcast("Rcpt", {
                            by: "client",
                            event: Rcpt,
                            payload: rcpt,
                            within: epochs(5),
                          })
                          .broadcast("RcptReply", {
                            by: "server",
                            event: Reply,
                            payload: knownOrNot,
                            within: epochs(5),
                          })
                          .again("Envelope"),
                      Data: (sending) =>
                        sending
                          .broadcast("Data", {
                            by: "client",
                            event: Data,
                            payload: () => ({}),
                            within: epochs(5),
                          })
                          .broadcast("GoOn", {
                            by: "server",
                            event: Reply,
                            payload: goOn,
                            within: epochs(5),
                          })
                          .broadcast("Message", {
                            by: "client",
                            event: Message,
                            payload: message,
                            accept: hasShortLines,
                            within: epochs(5),
                          })
                          .broadcast("Queued", {
                            by: "server",
                            event: Reply,
                            payload: ok,
                            within: epochs(5),
                          })
                          .again("Letter"),
                    },
                  }),
                ),
            Quit: (leaving) =>
              leaving
                .broadcast("Quit", {
                  by: "client",
                  event: Quit,
                  payload: () => ({}),
                  within: epochs(5),
                })
                .broadcast("Bye", { by: "server", event: Reply, payload: bye, within: epochs(5) }),
          },
        }),
      ),
  )
  .returns("nothing");
