/** The captain who shoots first. */
import { rejected } from "../../dsl/index.ts";
import type { Judged, Verdict } from "../../dsl/index.ts";
import { allSunk, answers, commitmentTo, judgeAnswers, judgeOpening } from "./rules.ts";
import { judgeShots, nextShots, opening } from "./rules.ts";
import type { Answers, Commanding, Commitment, Opening, Shots } from "./rules.ts";

interface Shooting extends Commanding {
  readonly SecondHash: Commitment;
  readonly FirstShot: Shots;
  /** Of the last turn, if there was one; and then of this one. */
  readonly SecondAfloat?: Answers;
  readonly SecondShot?: Shots;
}

interface ShotAt extends Commanding {
  readonly SecondShot: Shots;
}

export { opening };

interface Ready extends Commanding {
  readonly FirstFleet: Opening;
}

export function commit({ FirstFleet, session, self }: Ready): Commitment {
  return commitmentTo(FirstFleet, session, self);
}

export function shoot(context: Commanding): Shots {
  return nextShots(context);
}

export function isAnswer(given: Answers, { FirstShot, SecondAfloat }: Shooting): Verdict {
  return judgeAnswers(given, FirstShot, SecondAfloat ?? { hits: [] });
}

export function isShot(shots: Shots, { SecondShot, params }: Shooting): Verdict {
  return judgeShots(shots, SecondShot ?? { cells: [] }, params);
}

export function decide({ device, SecondShot }: ShotAt): "FirstAfloat" | "FirstSunk" {
  return allSunk(device.fleet, SecondShot) ? "FirstSunk" : "FirstAfloat";
}

export function answer(context: ShotAt): Answers {
  return answers(context, context.SecondShot);
}

export function open({ FirstFleet }: Pick<Ready, "FirstFleet">): Opening {
  return FirstFleet;
}

export function isSunk(opened: Opening, context: Shooting & Judged<Shooting>): Verdict {
  if (allSunk(opened.fleet, context.FirstShot)) return wasHonest(opened, context);
  return rejected("NotSunk", "part of the fleet is afloat");
}

export function wasHonest(opened: Opening, context: Shooting & Judged<Shooting>): Verdict {
  const { SecondHash, FirstShot, SecondAfloat } = context;
  const { hits } = SecondAfloat ?? { hits: [] };
  return judgeOpening(opened, { ...SecondHash, ...FirstShot, hits }, context);
}
