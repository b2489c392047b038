/** What the two players say: the board after the move, and how the game stands by it. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload } from "../../protocols/payload.ts";

/** Nine squares, row by row: a cross, a nought, or a dot. */
const board = v.pipe(v.string(), v.regex(/^[XO.]{9}$/));

/** The game goes on. */
export interface MakeMove {
  readonly board: string;
  readonly is: "open";
}

export const MakeMove: EventType<"MakeMove", MakeMove> = event(
  "MakeMove",
  v.strictObject({ board, is: v.literal("open") }),
  "device",
);

export interface WinGame {
  readonly board: string;
  readonly is: "won";
}

export const WinGame: EventType<"WinGame", WinGame> = event(
  "WinGame",
  v.strictObject({ board, is: v.literal("won") }),
  "device",
);

export interface DrawGame {
  readonly board: string;
  readonly is: "drawn";
}

export const DrawGame: EventType<"DrawGame", DrawGame> = event(
  "DrawGame",
  v.strictObject({ board, is: v.literal("drawn") }),
  "device",
);

export const AbortGame: EventType<"AbortGame", AbortPayload> = event(
  "AbortGame",
  abortPayload,
  "device",
);
