/** The rules of noughts and crosses. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { Verdict } from "../../dsl/index.ts";

type Mark = "X" | "O";

/** How a game stands after a move. */
export type Standing = "open" | "won" | "drawn";

export interface Player {
  /** The square to mark next, 0 to 8. */
  readonly pick: (board: string) => number;
}

export const emptyBoard = ".........";

const lines = ["012", "345", "678", "036", "147", "258", "048", "246"].map((line) =>
  Array.from(line, Number),
);

export function marked(board: string, square: number, mark: Mark): string {
  return board.slice(0, square) + mark + board.slice(square + 1);
}

export function standingOf(board: string, mark: Mark): Standing {
  const isWon = lines.some((line) => line.every((square) => board[square] === mark));
  if (isWon) return "won";
  return board.includes(".") ? "open" : "drawn";
}

/** One more `mark` on an empty square of `before`, and what is claimed to follow from it. */
export function isFair(
  before: string,
  after: { readonly board: string; readonly is: Standing },
  mark: Mark,
): Verdict {
  const moves = Array.from(before).flatMap((each, square) =>
    each === "." ? [marked(before, square, mark)] : [],
  );
  if (!moves.includes(after.board)) return rejected("BadMove", "it is no move on this board");
  if (standingOf(after.board, mark) === after.is) return accepted;
  return rejected("BadClaim", `the game is not ${after.is}`);
}
