/**
 * Map and reduce (Dean, Ghemawat: "MapReduce", OSDI 2004), as a session for any number of workers
 * (Castro, Hu, Jongmans, Ng, Yoshida: "Distributed programming using role-parametric session types in
 * Go", POPL 2019): the words of a text are counted, each worker its chunk.
 */
import { choreography, epochs, everyone, many, one, type } from "../../dsl/index.ts";
import { reduce } from "./counts.ts";
import { AbortJob, GiveChunk, TellCounts } from "./events.ts";
import { chunk } from "./master.ts";
import type { Master } from "./master.ts";
import { count } from "./worker.ts";

export const mapReduce = choreography("map-reduce", {
  roles: { master: one, worker: many },
  session: `
    Chunk{master → worker}(GiveChunk) . Counts{all p ∈ worker}(TellCounts) . Total{everyone}`,
  params: type<object>(),
  device: type<Master>(),
  abort: AbortJob,
})
  .send("Chunk", {
    by: "master",
    to: "worker",
    event: GiveChunk,
    payload: chunk,
    within: epochs(10),
  })
  .collect("Counts", {
    by: "worker",
    event: TellCounts,
    payload: count,
    atLeast: "all",
    within: epochs(20),
  })
  .local("Total", { at: everyone, action: reduce, combines: "Counts" })
  .returns("Total");
