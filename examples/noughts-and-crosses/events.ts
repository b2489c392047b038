/** What the two players say: the board after the move, and how the game stands by it. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload } from "../../protocols/payload.ts";

/** Nine squares, row by row: a cross, a nought, or a dot. */
const board = v.pipe(v.string(), v.regex(/^[XO.]{9}$/));

/** The game goes on. */
export const MakeMove = event(
  "MakeMove",
  v.strictObject({ board, is: v.literal("open") }),
  "device",
);

export const WinGame = event("WinGame", v.strictObject({ board, is: v.literal("won") }), "device");

export const DrawGame = event(
  "DrawGame",
  v.strictObject({ board, is: v.literal("drawn") }),
  "device",
);

export const AbortGame = event("AbortGame", abortPayload, "device");
