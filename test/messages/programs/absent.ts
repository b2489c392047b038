/** Steps that may be missing, steps of families, looks, and results. */
import { choreography, epochs } from "../../../dsl/index.ts";
import { counted, head, said } from "../parts.ts";

const open = choreography("absent", { ...head, session: "Ask? . Note" });
const to = { by: "buyer", to: "seller" } as const;
const late = { onTimeout: "absent" } as const;
const asked = open.send("Ask", { ...to, ...said, ...late });

// The session and the step say so both; the value may be missing; it is nobody's result.
open.send("Ask", { ...to, ...said }); // mistake
open.local("Ask", { at: "buyer", action: () => 1 }); // mistake
asked.broadcast("Note", { by: "buyer", ...said, onTimeout: "absent" }); // mistake
asked.local("Note", { at: "seller", action: ({ Ask }) => Ask.text }); // mistake
choreography("missing", { ...head, session: "Ask?" })
  .broadcast("Ask", { by: "buyer", ...said, ...late })
  .returns("Ask"); // mistake

// To each of a family: it is told whom it is for, and nobody else knows it.
const each = choreography("each", { ...head, session: "Deal . Swap* . Note" });
const deal = { by: "buyer", to: "witness", ...said } as const;
const dealt = each.send("Deal", { ...deal, payload: ({ to: whom }) => ({ text: whom }) });
const family = { by: "witness", to: "witness", ...counted, atLeast: 1 } as const;
const swapped = dealt.distribute("Swap", family);
swapped.local("Note", { at: "bank", action: ({ Deal }) => Deal }); // mistake
dealt.distribute("Swap", { ...family, to: "seller" }); // mistake
dealt.distribute("Swap", { ...family, by: "buyer" }); // mistake
dealt.send("Swap", { by: "buyer", to: "witness", ...said }); // mistake
each.distribute("Deal", family); // mistake

// A look is for an event before it, and gives what may be missing.
const look = choreography("look", { ...head, session: "Ask . Think . Seen . Note" })
  .broadcast("Ask", { by: "buyer", ...said })
  .local("Think", { at: "bank", action: () => 1 });
const seen = look.check("Seen", { at: "bank", of: "Ask" });
look.check("Seen", { at: "bank", of: "Think" }); // mistake
look.check("Seen", { at: "bank", of: "Note" }); // mistake
look.check("Seen", { at: "guest", of: "Ask" }); // mistake
seen.local("Note", { at: "bank", action: ({ Seen }) => Seen.text }); // mistake

// A wait has an end.
open.send("Ask", { ...to, ...late, event: said.event, payload: said.payload }); // mistake
look.wait("Seen", { at: "bank", epochs: "topic" }); // mistake
look.wait("Seen", { at: "bank", epochs: epochs(3) });

// Results: of one branch, of two roles, of a family's members; there is none by that name.
choreography("branch", { ...head, session: "{ Yes | No }" })
  .choice("Yes | No", {
    by: "buyer",
    decide: () => "Yes",
    branches: {
      Yes: (b) => b.broadcast("Yes", { by: "buyer", ...said }),
      No: (b) => b.broadcast("No", { by: "buyer", ...said }),
    },
  })
  .returns("Yes"); // mistake
const noted = seen.send("Note", { by: "buyer", to: "bank", ...said });
noted.returns("nothing");
noted.returns("Ask");
noted.returns("Note"); // mistake
noted.returns("Nothing"); // mistake
seen.returns("Ask"); // mistake
