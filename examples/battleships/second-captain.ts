/** The captain who shoots second. */
import { rejected } from "../../dsl/index.ts";
import type { Judged, Verdict } from "../../dsl/index.ts";
import { allSunk, answers, commitmentTo, judgeAnswers, judgeOpening } from "./rules.ts";
import { judgeShots, nextShots, opening } from "./rules.ts";
import type { Answers, Commanding, Commitment, Opening, Shots } from "./rules.ts";

interface Shooting extends Commanding {
  readonly FirstHash: Commitment;
  /** Of the last turn, if there was one; and then of this one. */
  readonly FirstShot?: Shots;
  readonly SecondShot?: Shots;
  readonly FirstAfloat?: Answers;
}

interface ShotAt extends Commanding {
  readonly FirstShot: Shots;
}

const none: Shots & Answers = { cells: [], hits: [] };

export { opening };

interface Ready extends Commanding {
  readonly SecondFleet: Opening;
}

export function commit({ SecondFleet, session, self }: Ready): Commitment {
  return commitmentTo(SecondFleet, session, self);
}

export function shoot(context: Commanding): Shots {
  return nextShots(context);
}

export function isShot(shots: Shots, { FirstShot, params }: Shooting): Verdict {
  return judgeShots(shots, FirstShot ?? none, params);
}

export function isAnswer(given: Answers, { SecondShot, FirstAfloat }: Shooting): Verdict {
  return judgeAnswers(given, SecondShot ?? none, FirstAfloat ?? none);
}

export function decide({ device, FirstShot }: ShotAt): "SecondAfloat" | "SecondSunk" {
  return allSunk(device.fleet, FirstShot) ? "SecondSunk" : "SecondAfloat";
}

export function answer(context: ShotAt): Answers {
  return answers(context, context.FirstShot);
}

export function open({ SecondFleet }: Pick<Ready, "SecondFleet">): Opening {
  return SecondFleet;
}

export function isSunk(opened: Opening, context: Shooting & Judged<Shooting>): Verdict {
  if (allSunk(opened.fleet, context.SecondShot ?? none)) return wasHonest(opened, context);
  return rejected("NotSunk", "part of the fleet is afloat");
}

export function wasHonest(opened: Opening, context: Shooting & Judged<Shooting>): Verdict {
  const { FirstHash, SecondShot = none, FirstAfloat = none } = context;
  const { cells } = SecondShot;
  return judgeOpening(opened, { ...FirstHash, cells, hits: FirstAfloat.hits }, context);
}
