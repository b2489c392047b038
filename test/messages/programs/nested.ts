/** Calls and locks. */
import { choreography, everyone } from "../../../dsl/index.ts";
import { audit, head, said } from "../parts.ts";

const open = choreography("calling", { ...head, session: "Audit . Note" });
const roles = { auditor: "bank", checked: "witness" } as const;
const params = () => ({ year: 1999 });
const call = { choreography: audit, roles, params } as const;

open
  .call("Audit", call)
  .local("Note", { at: "bank", action: ({ Audit }) => Audit.length })
  .returns("nothing");

// A role that nobody plays, that is not there, of the wrong kind, or that plays two.
open.call("Audit", { ...call, roles: { auditor: "bank" } }); // mistake
open.call("Audit", { ...call, roles: { ...roles, guest: "buyer" } }); // mistake
open.call("Audit", { ...call, roles: { auditor: "guest", checked: "witness" } }); // mistake
open.call("Audit", { ...call, roles: { auditor: "witness", checked: "buyer" } }); // mistake
open.call("Audit", { ...call, roles: { auditor: "bank", checked: "bank" } }); // mistake

// Its parameters, its result for those who play, and what may be missing.
open.call("Audit", { ...call, params: () => ({ year: "1999" }) }); // mistake
open.call("Audit", call).local("Note", { at: "buyer", action: ({ Audit }) => Audit }); // mistake
open.call("Audit", { ...call, onAbort: "absent" }); // mistake
const maybe = choreography("maybe", { ...head, session: "Audit? . Note" });
maybe.call("Audit", call); // mistake
maybe
  .call("Audit", { ...call, onAbort: "absent" })
  .local("Note", { at: "bank", action: ({ Audit }) => Audit.length }); // mistake

// A lock that is taken twice, given back without being held, or kept.
const locks = choreography("locks", { ...head, session: "Take . Work . Give" });
const lock = { ...call, lock: "money" } as const;
const all = { by: "bank", ...said } as const;
locks.acquire("Take", lock).broadcast("Work", all).release("Give", lock).returns("Work");
locks.acquire("Take", lock).acquire("Work", { ...call, lock: "money" }); // mistake
locks.release("Take", { ...call, lock: "money" }); // mistake
locks.acquire("Take", lock).broadcast("Work", all).release("Give", { ...lock, lock: "gold" }); // mistake
locks.acquire("Take", lock).broadcast("Work", all).broadcast("Give", all).returns("Work"); // mistake

// Kept in one branch, or at the end of a turn.
choreography("branch", { ...head, session: "{ Yes . Take | No }" }).choice("Yes | No", { // mistake
  by: "bank",
  decide: () => "Yes",
  branches: {
    Yes: (b) => b.broadcast("Yes", all).acquire("Take", lock),
    No: (b) => b.broadcast("No", all),
  },
});
choreography("turn", { ...head, session: "rec Loop { Ask . Take . Loop }" }).rec(
  "Loop", // mistake
  { atMost: 3 },
  (b) => b.broadcast("Ask", all).acquire("Take", lock).again("Loop"),
);
choreography("agreed", { ...head, session: "Count . Audit" })
  .local("Count", { at: everyone, action: () => 1999 })
  .call("Audit", { ...call, params: ({ Count }) => ({ year: Count }) })
  .returns("nothing");
