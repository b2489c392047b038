/** Which rule it was that an event out of place broke. Only to tell: that it broke one is decided. */
import type { SignedEvent } from "../ledger/envelope.ts";
import { completedStep } from "../record.ts";
import { reach } from "./place.ts";
import type { Passed, Place, World, WriteInstruction } from "./place.ts";
import type { Fault } from "./rules.ts";
import type { SeenWorld } from "./world.ts";

export interface Misplaced {
  readonly event: SignedEvent;
  /** Where its author stood before. */
  readonly from: readonly Place[];
  readonly world: SeenWorld;
  readonly isWriteOf: (write: WriteInstruction, event: SignedEvent) => boolean;
}

/** A cheat is not worth a longer search: many events that break a rule must stay cheap. */
const MAX_STEPS = 200;

/** Lets the role pass first what it may not have waited for, then what it has not written. */
export function explain({ event, from, world, isWriteOf }: Misplaced): Fault {
  const isThere = ({ step: { instruction } }: Place): boolean =>
    instruction.kind === "WriteToLedger"
      ? isWriteOf(instruction, event)
      : instruction.kind === "Return" && event.step.startsWith(completedStep(""));
  const search = (passes: World["passes"]): Place | undefined => {
    const found = singles(reach(from, { ...world, passes }, MAX_STEPS).places).filter(isThere);
    return found.find(({ passed }) => passed === undefined) ?? found[0];
  };
  const inTime = search(() => false);
  if (inTime !== undefined) {
    const what = `it is of epoch ${event.epoch}, and its author cannot have been here before ${inTime.since}`;
    return { code: "BeforeDeadline", what };
  }
  const waited = search(({ kind }) => kind !== "WriteToLedger")?.passed;
  if (waited !== undefined) return unheard(waited, world);
  const wrote = search(() => true)?.passed;
  if (wrote !== undefined) {
    return wrote.kind === "WriteToLedger"
      ? { code: "Skipped", what: `its author has not written '${wrote.label}' before it` }
      : unheard(wrote, world);
  }
  const { places, isCut } = reach(from, { ...world, passes: () => true }, MAX_STEPS);
  if (isCut) return { code: "Skipped", what: "its author is far from having come to it" };
  const isOver = singles(places).some(({ step }) => step.instruction.kind === "Abort");
  if (isOver && event.iteration > 0) {
    return { code: "TooManyTurns", what: `turn ${event.iteration} of this step never comes` };
  }
  const what = "what its author has written before leads elsewhere";
  return { code: "WrongBranch", what };
}

function unheard(missing: Passed, { tally, witness }: SeenWorld): Fault {
  if (missing.kind === "AwaitBranch") {
    const other = missing.alternatives.flatMap(({ wanted }) => witness(wanted) ?? []);
    if (other.length > 0) {
      const what = `at '${missing.label}', ${missing.from} has taken another branch`;
      return { code: "WrongBranch", what, contradicts: other };
    }
    const what = `its author has not seen which branch ${missing.from} takes at '${missing.label}'`;
    return { code: "TooSoon", what };
  }
  if (missing.kind === "WriteToLedger") {
    return { code: "Skipped", what: `its author has not written '${missing.label}' before it` };
  }
  const { have, of } = tally(missing.wanted);
  const count = missing.kind === "AwaitThreshold" ? missing.count : 1;
  const what = `its author has seen ${have} of ${of} events of '${missing.wanted.label}', and ${count} are needed`;
  return { code: "TooSoon", what };
}

/** The places in the blocks of forks too. */
function singles(places: readonly Place[]): readonly Place[] {
  return places.flatMap((place) =>
    place.kind === "forked" ? singles(place.blocks.flat()) : [place],
  );
}
