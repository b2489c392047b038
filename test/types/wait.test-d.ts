/** Waiting: who sleeps, and for how long. */
import { expectError, expectType } from "tsd";
import { choreography, epochs, everyone, many, one, type } from "../../dsl/index.ts";
import type { Epochs, LocalScript, Project } from "../../dsl/index.ts";
import { Abort, Ask } from "./events.ts";
import type { SurveyParams } from "./events.ts";

const open = choreography("patience", {
  roles: { chair: one, voters: many },
  session: "Cooldown . Nap . Tell",
  params: type<SurveyParams>(),
  abort: Abort,
});

const rested = open
  .wait("Cooldown", { at: everyone, epochs: epochs(48) })
  .wait("Nap", { at: "chair", epochs: "quorum" });

// Out of order, nobody, no span, a number that is no span, a parameter that is no number.
expectError(open.wait("Nap", { at: everyone, epochs: epochs(1) }));
expectError(open.wait("Cooldown", { at: "nobody", epochs: epochs(1) }));
expectError(open.wait("Cooldown", { at: everyone }));
expectError(open.wait("Cooldown", { at: everyone, epochs: 48 }));
expectError(open.wait("Cooldown", { at: everyone, epochs: "topic" }));

// A sleep makes nothing known.
const tell = { by: "chair", event: Ask, payload: () => ({ text: "" }), within: epochs(1) } as const;
expectError(rested.broadcast("Tell", { ...tell, payload: ({ Nap }) => ({ text: Nap }) }));
expectError(rested.broadcast("Tell", tell).returns("Nap"));
const patience = rested.broadcast("Tell", tell).returns("Tell");

// Those sleep who are to.
declare const chair: LocalScript<Project<typeof patience, "chair">>;
declare const voters: LocalScript<Project<typeof patience, "voters">>;
expectType<"WaitEpochs">(chair.steps[0].instruction);
expectType<Epochs>(chair.steps[0].epochs);
expectType<"quorum">(chair.steps[1].epochs);
expectType<"WaitEpochs">(voters.steps[0].instruction);
expectType<"AwaitEvent">(voters.steps[1].instruction);
