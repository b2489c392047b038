/** What a role can do next, by what its device had seen. */
import { membersOf } from "../amounts.ts";
import type { Wanted } from "../instruction.ts";
import { addressedStep } from "../ledger/addressed.ts";
import { abortedStep } from "../record.ts";
import type { Session } from "../session.ts";
import type { LocalTypes } from "./local-types.ts";
import type { World } from "./place.ts";
import { inSlot, slotKey, unseen } from "./seen.ts";
import type { Mark, Seen } from "./seen.ts";

export interface View {
  readonly session: Pick<Session, "cast">;
  /** What the author of the event had seen. */
  readonly seen: Seen;
  readonly author: string;
  readonly types: LocalTypes;
}

/** The same, with what is seen of a branch. */
export interface SeenWorld extends World {
  /** Hash of an event that is seen where the wait looks; `undefined` where none is. */
  readonly witness: (wanted: Wanted) => string | undefined;
  /** How many of how many are seen. */
  readonly tally: (wanted: Wanted) => { readonly have: number; readonly of: number };
}

export function worldOf({ session: { cast }, seen, author, types }: View): SeenWorld {
  const slotOf = ({ label, iteration, addressed }: Wanted): string =>
    slotKey(addressed === undefined ? label : addressedStep(label, author), iteration);
  const marks = ({ from }: Wanted): readonly Mark[] =>
    membersOf(cast, from).map((member) => seen.get(member) ?? unseen);
  // Of an author that ran from two states, everything may have been seen.
  const isSeen = ({ point, forked }: Mark, slot: string): boolean =>
    forked || inSlot(point, slot) !== undefined;
  const countOf = (wanted: Wanted): number => {
    const slot = slotOf(wanted);
    return marks(wanted).filter((mark) => isSeen(mark, slot)).length;
  };
  /** Those whose event may still have been on its way: nothing speaks against them. */
  const able = (wanted: Wanted): number => {
    const slot = slotOf(wanted);
    return marks(wanted).filter((mark) => !mark.faulty && !isSeen(mark, slot) && !hasLeft(mark))
      .length;
  };
  const hasLeft = ({ point }: Mark): boolean =>
    types.roles.some((role) => inSlot(point, slotKey(abortedStep(role), 0)) !== undefined);
  return {
    branches: ({ alternatives }) =>
      alternatives.filter(({ wanted }) => countOf(wanted) > 0).map(({ branch }) => branch),
    awaited: (wait) => {
      const count = wait.kind === "AwaitThreshold" ? wait.count : 1;
      if (countOf(wait.wanted) >= count) return "met";
      if (wait.onTimeout === undefined) return "missing";
      return able(wait.wanted) < count ? "hopeless" : "late";
    },
    passes: () => false,
    witness: (wanted) => {
      const slot = slotOf(wanted);
      return marks(wanted).flatMap(({ point }) => inSlot(point, slot) ?? [])[0];
    },
    tally: (wanted) => ({ have: countOf(wanted), of: marks(wanted).length }),
  };
}
