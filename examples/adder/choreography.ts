/**
 * The adder, a server that adds two numbers as often as its client likes (the first example of the
 * Scribble tutorial; Hu, Yoshida: "Hybrid session verification through endpoint API generation",
 * FASE 2016).
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import { addOrBye, addsUp, numbers } from "./client.ts";
import type { Client } from "./client.ts";
import { AbortAdding, AddNumbers, SayBye, TellSum } from "./events.ts";
import { sum } from "./server.ts";

export const adder = choreography("adder", {
  roles: { client: one, server: one },
  session: `
    rec Adding {
        {
            Add{client → server}(AddNumbers) . Sum{server → client}(TellSum) . Adding
            | Bye{client → server}(SayBye) . ByeToo{server → client}(SayBye)
          }
      }`,
  params: type<object>(),
  device: type<Client>(),
  abort: AbortAdding,
})
  .rec("Adding", { atMost: 100 }, (turn) =>
    turn.choice("Add | Bye", {
      by: "client",
      decide: addOrBye,
      branches: {
        Add: (chain) =>
          chain
            .send("Add", {
              by: "client",
              to: "server",
              event: AddNumbers,
              payload: numbers,
              within: epochs(5),
            })
            .send("Sum", {
              by: "server",
              to: "client",
              event: TellSum,
              payload: sum,
              accept: addsUp,
              within: epochs(5),
            })
            .again("Adding"),
        Bye: (chain) =>
          chain
            .send("Bye", {
              by: "client",
              to: "server",
              event: SayBye,
              payload: () => ({}),
              within: epochs(5),
            })
            .send("ByeToo", {
              by: "server",
              to: "client",
              event: SayBye,
              payload: () => ({}),
              within: epochs(5),
            }),
      },
    }),
  )
  .returns("nothing");
