/** What both know without a word: how long the rally is, and that it is over. */

export interface RallyParams {
  readonly rounds: number;
}

interface Context {
  readonly params: RallyParams;
  readonly turn: number;
}

export function playOrStop({ params, turn }: Context) {
  return turn < params.rounds ? "Ping" : "Strokes";
}

export function strokes({ turn }: Context): number {
  return 2 * turn;
}
