/** Crosses: they begin, and fill the last square. */
import type { PayloadOf, Verdict } from "../../dsl/index.ts";
import { emptyBoard, isFair, marked, standingOf } from "./board.ts";
import type { Player, Standing } from "./board.ts";
import type { DrawGame, MakeMove, WinGame } from "./events.ts";

interface Playing {
  readonly device: Player;
  /** The move of the last turn; in the first there is none. */
  readonly Nought?: PayloadOf<typeof MakeMove>;
}

function next({ device, Nought }: Playing): string {
  const board = Nought?.board ?? emptyBoard;
  return marked(board, device.pick(board), "X");
}

export function crossPlays(context: Playing): "Cross" | "CrossWins" | "Draw" {
  const branches = { open: "Cross", won: "CrossWins", drawn: "Draw" } as const;
  return branches[standingOf(next(context), "X")];
}

export function crossMoves(context: Playing): PayloadOf<typeof MakeMove> {
  return { board: next(context), is: "open" };
}

export function crossWins(context: Playing): PayloadOf<typeof WinGame> {
  return { board: next(context), is: "won" };
}

export function crossDraws(context: Playing): PayloadOf<typeof DrawGame> {
  return { board: next(context), is: "drawn" };
}

/** What crosses think of a move of noughts. */
export function isFairNought(
  after: { readonly board: string; readonly is: Standing },
  { Cross }: { readonly Cross: PayloadOf<typeof MakeMove> },
): Verdict {
  return isFair(Cross.board, after, "O");
}
