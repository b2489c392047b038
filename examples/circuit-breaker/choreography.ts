/**
 * A circuit breaker: a controller passes calls on to a service that may not answer. After too many
 * failures it opens the circuit, and the service is left alone (Nygard: "Release It!", 2007; as in
 * Lagaillardie, Neykova, Yoshida: "Stay Safe under Panic", 2022).
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import { ask, decideCall, quit } from "./api.ts";
import type { Client } from "./api.ts";
import { closed, decideCircuit, fault, forward, open, stop } from "./controller.ts";
import * as events from "./events.ts";
import { answer } from "./service.ts";
import type { Service } from "./service.ts";

export const circuitBreaker = choreography("circuit-breaker", {
  roles: { api: one, controller: one, service: one },
  session: `
    rec Circuit {
        {
            Ask{api → controller}(AskService) . Forward{controller → service}(AskService)
              . Answer{service → controller}(AnswerCall)? . {
                Closed{controller}(AnswerCall) . Circuit
                | Fault{controller}(ReportFault) . Circuit
                | Open{controller}(OpenCircuit)
              }
            | Quit{api → controller}(QuitCalls) . Stop{controller → service}(QuitCalls)
          }
      }`,
  params: type<{ readonly tolerated: number; readonly calls: number }>(),
  device: type<Client & Service>(),
  abort: events.AbortCircuit,
})
  .rec("Circuit", { atMost: "calls" }, (circuit) =>
    circuit.choice("Ask | Quit", {
      by: "api",
      decide: decideCall,
      branches: {
        Ask: (b) =>
          b
            .send("Ask", {
              by: "api",
              to: "controller",
              event: events.AskService,
              payload: ask,
              within: epochs(50),
            })
            .send("Forward", {
              by: "controller",
              to: "service",
              event: events.AskService,
              payload: forward,
              within: epochs(50),
            })
            .send("Answer", {
              by: "service",
              to: "controller",
              event: events.AnswerCall,
              payload: answer,
              within: epochs(5),
              onTimeout: "absent",
            })
            .choice("Closed | Fault | Open", {
              by: "controller",
              decide: decideCircuit,
              branches: {
                Closed: (c) =>
                  c
                    .broadcast("Closed", {
                      by: "controller",
                      event: events.AnswerCall,
                      payload: closed,
                      within: epochs(10),
                    })
                    .again("Circuit"),
                Fault: (c) =>
                  c
                    .broadcast("Fault", {
                      by: "controller",
                      event: events.ReportFault,
                      payload: fault,
                      within: epochs(10),
                    })
                    .again("Circuit"),
                Open: (c) =>
                  c.broadcast("Open", {
                    by: "controller",
                    event: events.OpenCircuit,
                    payload: open,
                    within: epochs(10),
                  }),
              },
            }),
        Quit: (b) =>
          b
            .send("Quit", {
              by: "api",
              to: "controller",
              event: events.QuitCalls,
              payload: quit,
              within: epochs(50),
            })
            .send("Stop", {
              by: "controller",
              to: "service",
              event: events.QuitCalls,
              payload: stop,
              within: epochs(50),
            }),
      },
    }),
  )
  .returns("nothing");
