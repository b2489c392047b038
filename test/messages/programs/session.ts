/** Session notations that do not parse. */
import { choreography } from "../../../dsl/index.ts";
import { head } from "../parts.ts";

choreography("right", { ...head, session: "First . Second* . { A? | B . abort } . rec X { C . X }" });
choreography("empty", { ...head, session: "" }); // mistake
choreography("gap", { ...head, session: "First . . Third" }); // mistake
choreography("twice", { ...head, session: "First . Second . First*" }); // mistake
choreography("lower", { ...head, session: "First . second" }); // mistake
choreography("blank", { ...head, session: "First Second" }); // mistake
choreography("stars", { ...head, session: "First**" }); // mistake
choreography("bar", { ...head, session: "First | Second" }); // mistake
choreography("bars", { ...head, session: "{ First || Second }" }); // mistake
choreography("branch", { ...head, session: "{ First }" }); // mistake
choreography("block", { ...head, session: "( First )" }); // mistake
choreography("noStep", { ...head, session: "{ First | }" }); // mistake
choreography("unclosed", { ...head, session: "{ First | Second" }); // mistake
choreography("unopened", { ...head, session: "First }" }); // mistake
choreography("sameFirst", { ...head, session: "{ First | First . Second }" }); // mistake
choreography("unnamed", { ...head, session: "rec { First }" }); // mistake
choreography("shadowed", { ...head, session: "rec X { A . rec X { B . X } }" }); // mistake
choreography("unguarded", { ...head, session: "rec X { { A . X | rec Y { X } } }" }); // mistake
choreography("startsAgain", { ...head, session: "rec X { A . { X | B } }" }); // mistake
choreography("loopAsStep", { ...head, session: "rec X { A . X } . X" }); // mistake
choreography("twoRecs", { ...head, session: "rec X { A . X } . rec X { B . X }" }); // mistake
choreography("outOfParallel", { ...head, session: "rec X { A . ( B . X || C ) }" }); // mistake
choreography("unreached", { ...head, session: "rec X { A . X . B }" }); // mistake
choreography("afterAbort", { ...head, session: "A . abort . B" }); // mistake
