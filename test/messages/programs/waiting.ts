/** Waits: how many, by the clock, and for how long. */
import { choreography, epochs, many, one, type } from "../../../dsl/index.ts";
import { AbortDkdSession as abort, RecordDkdCommitment as event } from "../../../protocols/dkd/events.ts";

const open = choreography("waiting", {
  roles: { a: one, b: many },
  session: "Commit*",
  params: type<{ readonly quorum: number; readonly topic: string }>(),
  abort,
});
const payload = () => ({ commitment: new Uint8Array(32) });

open.collect("Commit", { by: "b", event, payload, atLeast: "quorum", within: epochs(1) });
open.collect("Commit", { by: "b", event, payload, atLeast: "topic", within: epochs(1) }); // mistake
open.collect("Commit", { by: "b", event, payload, atLeast: "most", within: epochs(1) }); // mistake
open.collect("Commit", { by: "b", event, payload, atLeast: 2, within: 1 }); // mistake
open.collect("Commit", { by: "b", event, payload, atLeast: 2 }); // mistake
