/** Noughts and crosses, between two devices. */
import { expect, it } from "vitest";
import { cross } from "../../examples/noughts-and-crosses/generated/noughts-and-crosses.cross.ts";
import { nought } from "../../examples/noughts-and-crosses/generated/noughts-and-crosses.nought.ts";
import { lying, silentAt } from "../protocols/lying.ts";
import { perform } from "./theatre.ts";

/** Marks the squares in this order. */
const picks = (...squares: readonly number[]) => ({
  pick: (board: string) => squares.find((square) => board[square] === ".") ?? -1,
});

const play = (crosses: readonly number[], noughts: readonly number[], instead = {}) =>
  perform({
    scripts: { cross, nought },
    cast: { cross: "alice", nought: "bob" },
    inputs: { alice: picks(...crosses), bob: picks(...noughts) },
    instead,
  });

it("is won by crosses", async () => {
  const { outcome, turns } = await play([0, 1, 2], [3, 4]);
  expect(outcome("bob").facts).toMatchObject({ CrossWins: { board: "XXXOO....", is: "won" } });
  expect(turns.filter((step) => step.startsWith("Cross"))).toEqual([
    "Cross",
    "Cross#1",
    "CrossWins",
  ]);
});

it("is won by noughts", async () => {
  const { outcome } = await play([0, 1, 8], [3, 4, 5]);
  expect(outcome("alice").facts).toMatchObject({ NoughtWins: { board: "XX.OOO..X" } });
  expect(outcome("alice").facts).not.toHaveProperty("CrossWins");
});

it("is drawn when the board is full", async () => {
  const { outcome } = await play([0, 1, 5, 6, 8], [2, 3, 4, 7]);
  expect(outcome("bob").facts).toMatchObject({ Draw: { board: "XXOOOXXOX", is: "drawn" } });
});

it.each([
  ["a move on a marked square", "BadMove", (was: { board: string }) => ({ ...was })],
  ["two moves at once", "BadMove", () => ({ board: "XXXO.....", is: "open" })],
])("blames crosses for %s", async (_, reason, lie) => {
  const cheat = lying(cross, "Cross", (honest: { board: string }, { turn }: { turn: number }) =>
    turn === 0 ? honest : lie({ ...honest, board: "X..O....." }),
  );
  const { error } = await play([0, 1, 2], [3, 4], { alice: cheat });
  expect(error("bob").blamed).toMatchObject([{ device: "alice", reason }]);
});

it("blames crosses for a victory that is none", async () => {
  const cheat = lying(cross, "CrossWins", () => ({ board: "XX.OOX...", is: "won" }));
  const { error } = await play([0, 1, 2], [3, 4], { alice: cheat });
  expect(error("bob").blamed).toMatchObject([{ device: "alice", reason: "BadClaim" }]);
});

it("ends when the other goes away in the middle", async () => {
  const { error } = await play([0, 1, 2], [3, 4], { bob: silentAt(nought, "Nought") });
  expect(error("alice")).toMatchObject({ code: "Timeout", where: { step: "Nought | NoughtWins" } });
});
