/** What everyone computes, from what a single device has. */
import { choreography, everyone, many, one, type } from "../../../dsl/index.ts";
import { AbortDkdSession as abort } from "../../../protocols/dkd/events.ts";

interface Params {
  readonly topic: string;
}

const open = choreography("everyone", {
  roles: { leader: one, crowd: many },
  session: "Draw",
  params: type<Params>(),
  abort,
});

open.local("Draw", { at: everyone, action: ({ params }) => params.topic });
open.local("Draw", { at: "leader", action: ({ entropy }) => entropy("draw")(1) });
open.local("Draw", { at: everyone, action: ({ entropy }) => entropy("draw")(1) }); // mistake
