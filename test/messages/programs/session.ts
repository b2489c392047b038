/** Session notations that do not parse. */
import { choreography, many, one, type } from "../../../dsl/index.ts";
import { AbortDkdSession as abort } from "../../../protocols/dkd/events.ts";

const head = { roles: { a: one, b: many }, params: type<object>(), abort } as const;

choreography("right", { ...head, session: "First . Second* . Third" });
choreography("empty", { ...head, session: "" }); // mistake
choreography("gap", { ...head, session: "First . . Third" }); // mistake
choreography("twice", { ...head, session: "First . Second . First*" }); // mistake
choreography("lower", { ...head, session: "First . second" }); // mistake
choreography("blank", { ...head, session: "First Second" }); // mistake
choreography("choice", { ...head, session: "{ First | Second }" }); // mistake
