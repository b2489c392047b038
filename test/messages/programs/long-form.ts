/** The long form of a session and the roles of its steps. */
import { choreography, epochs, event, many, one, type } from "../../../dsl/index.ts";
import type { AbortPayload, PayloadSchema } from "../../../dsl/index.ts";

declare function schema<T>(): PayloadSchema<T>;

const Ask = event("Ask", schema<string>(), "device");
const Abort = event("Abort", schema<AbortPayload>(), "device");
const head = {
  roles: { app: one, server: one, crowd: many },
  params: type<object>(),
  abort: Abort,
} as const;
const said = { event: Ask, payload: () => "", within: epochs(1) };

const open = choreography("long", { ...head, session: "Ask{app → server} . Count{server}" });
open.send("Ask", {
  ...said,
  by: "server", // mistake
  to: "server",
});
open.send("Ask", {
  ...said,
  by: "app",
  to: "crowd", // mistake
});
open
  .send("Ask", { ...said, by: "app", to: "server" })
  .local("Count", {
    at: "app", // mistake
    action: () => 1,
  });

const closed = choreography("closed", { ...head, session: "abort{server}" });
closed.abort("abort", {
  by: "app", // mistake
  reason: "nobody asked",
  within: epochs(1),
});

const called = choreography("called", {
  ...head,
  roles: { asker: one, crowd: many },
  session: "Ask{asker}",
})
  .broadcast("Ask", { ...said, by: "asker" })
  .returns("Ask");
const calls = choreography("calls", { ...head, session: "Nested{asker: server, crowd: crowd}" });
calls.call("Nested", {
  choreography: called,
  roles: {
    asker: "app", // mistake
    crowd: "crowd",
  },
  params: () => ({}),
});

// The one who decides says the first step of a branch.
const chosen = choreography("chosen", { ...head, session: "{ Yes{app} | No{server} }" });
chosen.choice("Yes | No", {
  by: "app",
  decide: () => "Yes",
  branches: {
    Yes: (chain) => chain.broadcast("Yes", { ...said, by: "app" }),
    No: (chain) =>
      chain.broadcast(
        "No", // mistake
        { ...said, by: "server" },
      ),
  },
});

choreography("unreadable", {
  ...head,
  session: "Ask{app → }", // mistake
});
