/**
 * What the author of an event had seen, in space that does not grow with the log: the last event of
 * each author. That is enough because each author's events must follow one another; those of an
 * author that ran from two states are no longer told apart.
 */

/** Events of one author, each following the one before. A fork begins another line. */
interface Line {
  /** Where it branches off; `undefined` where it begins with the author's first event. */
  readonly before: Point | undefined;
  /** Nonce of the last event. */
  last: number;
  /** The slots that these events fill as they should, with nonce and hash. */
  readonly slots: Map<string, { readonly nonce: number; readonly hash: string }>;
}

/** One event of an author. */
export interface Point {
  readonly line: Line;
  readonly nonce: number;
}

/** What is seen of one author. */
export interface Mark {
  /** Its last event that follows all of its earlier ones. */
  readonly point: Point | undefined;
  /** Two of its events do not follow each other. */
  readonly forked: boolean;
  /** One of its events breaks a rule. */
  readonly faulty: boolean;
}

/** By author. */
export type Seen = ReadonlyMap<string, Mark>;

export const unseen: Mark = Object.freeze({ point: undefined, forked: false, faulty: false });

/** The point after `before`: on its line, or on a new one where another event has come first. */
export function follow(before: Point | undefined): Point {
  const nonce = before === undefined ? 0 : before.nonce + 1;
  if (before !== undefined && before.line.last === before.nonce) {
    before.line.last = nonce;
    return { line: before.line, nonce };
  }
  return { line: { before, last: nonce, slots: new Map() }, nonce };
}

/** Everything that either has seen. */
export function together(all: readonly Seen[]): Map<string, Mark> {
  const joined = new Map<string, Mark>();
  for (const seen of all) {
    for (const [author, mark] of seen) {
      const other = joined.get(author);
      joined.set(author, other === undefined ? mark : both(other, mark));
    }
  }
  return joined;
}

function both(a: Mark, b: Mark): Mark {
  if (a === b) return a;
  const point = later(a.point, b.point);
  const forked = a.forked || b.forked || point === "apart";
  return {
    point: point === "apart" || forked ? undefined : point,
    forked,
    faulty: a.faulty || b.faulty,
  };
}

function later(a: Point | undefined, b: Point | undefined): Point | undefined | "apart" {
  if (a === undefined || b === undefined) return a ?? b;
  if (isUpTo(a, b)) return b;
  return isUpTo(b, a) ? a : "apart";
}

/** Whether the second is the first, or follows it. */
function isUpTo(first: Point, second: Point): boolean {
  for (let at: Point | undefined = second; at !== undefined; at = at.line.before) {
    if (at.line === first.line) return first.nonce <= at.nonce;
  }
  return false;
}

/** Hash of the event by which the author of `point` has filled the slot up to there. */
export function inSlot(point: Point | undefined, slot: string): string | undefined {
  for (let at = point; at !== undefined; at = at.line.before) {
    const filled = at.line.slots.get(slot);
    if (filled !== undefined && filled.nonce <= at.nonce) return filled.hash;
  }
  return undefined;
}

export function slotKey(step: string, iteration: number): string {
  return `${step} ${iteration}`;
}
