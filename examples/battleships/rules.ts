/** The rules of battleships, the same for both captains. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { ActionContext, PayloadOf, Verdict } from "../../dsl/index.ts";
import { equalBytes, labelled } from "../../runtime/crypto/hash.ts";
import type { AnswerShot, CommitFleet, OpenFleet, Shoot } from "./events.ts";

export interface Waters {
  /** Cells of the sea, numbered from 0. */
  readonly cells: number;
  /** Cells that each fleet takes up. */
  readonly ships: number;
}

export interface Captain {
  readonly fleet: readonly number[];
  /** Cells to shoot at, in this order. */
  readonly aims: readonly number[];
}

export type Commanding = ActionContext<Waters, Captain>;
export type Commitment = PayloadOf<typeof CommitFleet>;
export type Shots = PayloadOf<typeof Shoot>;
export type Answers = PayloadOf<typeof AnswerShot>;
export type Opening = PayloadOf<typeof OpenFleet>;

/** Drawn once, and kept: another turn would draw another salt. */
export function opening({ device, entropy }: Commanding): Opening {
  return { fleet: [...device.fleet], salt: entropy("salt")(32) };
}

export function commitmentTo(
  { fleet, salt }: Opening,
  session: string,
  author: string,
): Commitment {
  const cells = fleet.toSorted((a, b) => a - b).join(" ");
  return { commitment: labelled("aura/example/battleships/v1", session, author, salt, cells) };
}

export function nextShots({ device, turn }: Commanding): Shots {
  return { cells: device.aims.slice(0, turn + 1) };
}

export function answers({ device }: Commanding, { cells }: Shots): Answers {
  return { hits: cells.map((cell) => device.fleet.includes(cell)) };
}

export function allSunk(fleet: readonly number[], { cells }: Shots): boolean {
  return fleet.every((cell) => cells.includes(cell));
}

/** One more shot, somewhere new. */
export function judgeShots({ cells }: Shots, before: Shots, { cells: end }: Waters): Verdict {
  const isNext = cells.length === before.cells.length + 1 && extend(cells, before.cells);
  const isNew = new Set(cells).size === cells.length && cells.every((cell) => cell < end);
  return isNext && isNew ? accepted : rejected("BadShot", "it is not one more shot at a new cell");
}

/** One answer a shot, the old ones as they were. */
export function judgeAnswers({ hits }: Answers, { cells }: Shots, before: Answers): Verdict {
  const isNext = hits.length === cells.length && extend(hits, before.hits);
  return isNext ? accepted : rejected("BadAnswer", "it takes an answer back");
}

/** The fleet of the commitment, of the right size, with which all answers were true. */
export function judgeOpening(
  opened: Opening,
  said: Commitment & Shots & Answers,
  { session, author, params }: { session: string; author: string; params: Waters },
): Verdict {
  const { commitment } = commitmentTo(opened, session, author);
  if (!equalBytes(commitment, said.commitment) || new Set(opened.fleet).size !== params.ships) {
    return rejected("BadOpening", "it is not the fleet of the commitment");
  }
  const isTrue = said.hits.every(
    (hit, shot) => hit === opened.fleet.includes(said.cells[shot] ?? -1),
  );
  return isTrue ? accepted : rejected("FalseAnswer", "a shot was answered falsely");
}

function extend<T>(list: readonly T[], start: readonly T[]): boolean {
  return start.every((each, index) => list[index] === each);
}
