/** Noughts: they answer. */
import type { PayloadOf, Verdict } from "../../dsl/index.ts";
import { emptyBoard, isFair, marked, standingOf } from "./board.ts";
import type { Player, Standing } from "./board.ts";
import type { MakeMove, WinGame } from "./events.ts";

interface Playing {
  readonly device: Player;
  readonly Cross: PayloadOf<typeof MakeMove>;
}

function next({ device, Cross }: Playing): string {
  return marked(Cross.board, device.pick(Cross.board), "O");
}

export function noughtPlays(context: Playing): "Nought" | "NoughtWins" {
  return standingOf(next(context), "O") === "won" ? "NoughtWins" : "Nought";
}

export function noughtMoves(context: Playing): PayloadOf<typeof MakeMove> {
  return { board: next(context), is: "open" };
}

export function noughtWins(context: Playing): PayloadOf<typeof WinGame> {
  return { board: next(context), is: "won" };
}

interface Judging {
  readonly turn: number;
  /** The move of the last turn; in the first there is none. */
  readonly Nought?: PayloadOf<typeof MakeMove>;
}

/** What noughts think of a move of crosses. */
export function isFairCross(
  after: { readonly board: string; readonly is: Standing },
  { Nought }: Judging,
): Verdict {
  return isFair(Nought?.board ?? emptyBoard, after, "X");
}
