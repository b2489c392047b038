/** What the two players say: the board after the move, and how the game stands by it. */
import { event } from "../../dsl/index.ts";
import { abortPayload, oneOf, record, text } from "../../runtime/schema.ts";

/** Nine squares, row by row: a cross, a nought, or a dot. */
const board = text({ matches: /^[XO.]{9}$/ });

/** The game goes on. */
export interface MakeMove {
  readonly board: string;
  readonly is: "open";
}

export const MakeMove = event("MakeMove", record<MakeMove>({ board, is: oneOf("open") }), "device");

export interface WinGame {
  readonly board: string;
  readonly is: "won";
}

export const WinGame = event("WinGame", record<WinGame>({ board, is: oneOf("won") }), "device");

export interface DrawGame {
  readonly board: string;
  readonly is: "drawn";
}

export const DrawGame = event(
  "DrawGame",
  record<DrawGame>({ board, is: oneOf("drawn") }),
  "device",
);

export const AbortGame = event("AbortGame", abortPayload, "device");
