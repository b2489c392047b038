/**
 * An update under a lock: of two devices that write at once, one waits or gives up; whoever reads sees
 * one after the other (Bernstein, Hadzilacos, Goodman: "Concurrency Control and Recovery in Database
 * Systems", 1987). The lock is taken and given back by choreographies of its own.
 */
import { choreography, epochs, many, one, type } from "../../dsl/index.ts";
import { giveLock, takeLock } from "../lock/choreography.ts";
import type { Keeper } from "../lock/keeper.ts";
import { AbortUpdate, AckUpdate, UpdateValue } from "./events.ts";
import { lockOf } from "./params.ts";
import type { UpdateParams } from "./params.ts";
import { apply } from "./reader.ts";
import type { Register } from "./reader.ts";
import { update } from "./writer.ts";

export const protectedUpdate = choreography("protected-update", {
  roles: { writer: one, reader: many },
  session: `
    Lock{holder: writer, keeper: reader} . Update{writer}(UpdateValue)
      . Applied{p ∈ reader}(AckUpdate) . Unlock{holder: writer, keeper: reader}`,
  params: type<UpdateParams>(),
  device: type<Keeper & Register>(),
  abort: AbortUpdate,
})
  .acquire("Lock", {
    lock: "register",
    choreography: takeLock,
    roles: { holder: "writer", keeper: "reader" },
    params: lockOf,
  })
  .broadcast("Update", { by: "writer", event: UpdateValue, payload: update, within: epochs(10) })
  .collect("Applied", {
    by: "reader",
    event: AckUpdate,
    payload: apply,
    atLeast: "quorum",
    within: epochs(5),
  })
  .release("Unlock", {
    lock: "register",
    choreography: giveLock,
    roles: { holder: "writer", keeper: "reader" },
    params: lockOf,
  })
  .returns("Update");
