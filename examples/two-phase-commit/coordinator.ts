/** The coordinator: all or nothing. */
import type { Collected, PayloadOf } from "../../dsl/index.ts";
import type { CastVote, CommitAll, Prepare, RollBackAll } from "./events.ts";

interface Coordinating {
  readonly params: { readonly transaction: string };
  readonly cast: { readonly participant: readonly string[] };
}

interface Voted extends Coordinating {
  /** The votes that came in time. */
  readonly Vote: Collected<PayloadOf<typeof CastVote>>;
}

export function prepare({ params }: Coordinating): PayloadOf<typeof Prepare> {
  return { transaction: params.transaction };
}

export function decide(context: Voted): "Commit" | "RollBack" {
  return missing(context).length === 0 ? "Commit" : "RollBack";
}

export function commit({ params }: Coordinating): PayloadOf<typeof CommitAll> {
  return { committed: params.transaction };
}

export function rollBack(context: Voted): PayloadOf<typeof RollBackAll> {
  return { transaction: context.params.transaction, without: missing(context) };
}

/** Who did not vote "yes", or not in time. */
function missing({ cast, Vote }: Voted): string[] {
  const ready = new Set(Vote.filter(({ payload }) => payload.yes).map(({ author }) => author));
  return cast.participant.filter((device) => !ready.has(device));
}
