/** The captain who shoots second. */
import { rejected } from "../../dsl/index.ts";
import type { Judged, Verdict } from "../../dsl/index.ts";
import { allSunk, answers, commitmentTo, judgeAnswers, judgeOpening } from "./rules.ts";
import { judgeShots, nextShots, opening } from "./rules.ts";
import type { Answers, Commanding, Commitment, Opening, Shots } from "./rules.ts";

interface Shooting extends Commanding {
  readonly FirstFleet: Commitment;
  /** Of the last turn, if there was one; and then of this one. */
  readonly FirstShot?: Shots;
  readonly SecondShot?: Shots;
  readonly FirstAfloat?: Answers;
}

interface ShotAt extends Commanding {
  readonly FirstShot: Shots;
}

const none: Shots & Answers = { cells: [], hits: [] };

export function commit(context: Commanding): Commitment {
  return commitmentTo(opening(context), context.session, context.self);
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

export function open(context: Commanding): Opening {
  return opening(context);
}

export function isSunk(opened: Opening, context: Shooting & Judged<Shooting>): Verdict {
  if (allSunk(opened.fleet, context.SecondShot ?? none)) return wasHonest(opened, context);
  return rejected("NotSunk", "part of the fleet is afloat");
}

export function wasHonest(opened: Opening, context: Shooting & Judged<Shooting>): Verdict {
  const { FirstFleet, SecondShot = none, FirstAfloat = none } = context;
  const { cells } = SecondShot;
  return judgeOpening(opened, { ...FirstFleet, cells, hits: FirstAfloat.hits }, context);
}
