/**
 * A replicated key-value store: the primary passes each write on to its backups, and a quorum of
 * them makes it durable (Alsberg, Day: "A principle for resilient sharing of distributed resources",
 * 1976; as in Shen, Kashiwa, Kuper: "HasChor", 2023).
 */
import { choreography, epochs, many, one, type } from "../../dsl/index.ts";
import { acknowledge } from "./backup.ts";
import { close, decide, get, put } from "./client.ts";
import type { Client } from "./client.ts";
import * as events from "./events.ts";
import type { Store } from "./events.ts";
import { closeAll, read, replicate } from "./primary.ts";

export const keyValueStore = choreography("key-value-store", {
  roles: { client: one, primary: one, backup: many },
  session: `
    rec Serve {
        {
            Put{client → primary}(PutValue) . Replicate{primary}(PutValue)
              . Ack{p ∈ backup}(AckValue) . Serve
            | Get{client → primary}(GetValue) . Value{primary → client}(TellValue) . Serve
            | Close{client → primary}(CloseStore) . CloseAll{primary}(CloseStore)
          }
      }`,
  params: type<{ readonly quorum: number }>(),
  device: type<Client & Store>(),
  abort: events.AbortStore,
})
  .rec("Serve", { atMost: 1000 }, (serve) =>
    serve.choice("Put | Get | Close", {
      by: "client",
      decide,
      branches: {
        Put: (b) =>
          b
            .send("Put", {
              by: "client",
              to: "primary",
              event: events.PutValue,
              payload: put,
              within: epochs(50),
            })
            .broadcast("Replicate", {
              by: "primary",
              event: events.PutValue,
              payload: replicate,
              within: epochs(50),
            })
            .collect("Ack", {
              by: "backup",
              event: events.AckValue,
              payload: acknowledge,
              atLeast: "quorum",
              within: epochs(5),
            })
            .again("Serve"),
        Get: (b) =>
          b
            .send("Get", {
              by: "client",
              to: "primary",
              event: events.GetValue,
              payload: get,
              within: epochs(50),
            })
            .send("Value", {
              by: "primary",
              to: "client",
              event: events.TellValue,
              payload: read,
              within: epochs(5),
            })
            .again("Serve"),
        Close: (b) =>
          b
            .send("Close", {
              by: "client",
              to: "primary",
              event: events.CloseStore,
              payload: close,
              within: epochs(50),
            })
            .broadcast("CloseAll", {
              by: "primary",
              event: events.CloseStore,
              payload: closeAll,
              within: epochs(50),
            }),
      },
    }),
  )
  .returns("nothing");
