/** Sends that go nowhere, or are used where they are not known. */
import { choreography, epochs, many, one, type } from "../../../dsl/index.ts";
import { AbortDkdSession as abort, RecordDkdCommitment as event } from "../../../protocols/dkd/events.ts";

interface Params {
  readonly quorum: number;
}

const open = choreography("sending", {
  roles: { ann: one, ben: one, cas: one, crowd: many },
  session: "Hello . Relay",
  params: type<Params>(),
  abort,
});
const payload = () => ({ commitment: new Uint8Array(32) });
const within = epochs(1);

const told = open.send("Hello", { by: "ann", to: "ben", event, payload, within });
open.send("Hello", { by: "ann", to: "ann", event, payload, within }); // mistake
open.send("Hello", { by: "ann", to: "crowd", event, payload, within });
open.send("Hello", { by: "ann", to: "dan", event, payload, within }); // mistake
open.send("Hello", { by: "crowd", to: "ann", event, payload, within }); // mistake
open.send("Relay", { by: "ann", to: "ben", event, payload, within }); // mistake
told.send("Relay", { by: "ben", to: "cas", event, payload: ({ Hello }) => Hello, within });
told.send("Relay", { by: "cas", to: "ann", event, payload: ({ Hello }) => Hello, within }); // mistake
told.collect("Relay", { by: "crowd", event, payload, atLeast: "quorum", within }); // mistake
