/** What each participant says. */
import type { PayloadOf } from "../../../dsl/index.ts";
import type { Initiated } from "../context.ts";
import { commitmentTo, ownEvaluation } from "../evaluation.ts";
import type { RecordDkdCommitment, RevealDkdPoint } from "../events.ts";

/** Commits to the evaluation before anyone has shown theirs. */
export function commit(context: Initiated): PayloadOf<typeof RecordDkdCommitment> {
  return { commitment: commitmentTo(context, context.self, ownEvaluation(context)) };
}

/** Shows the evaluation that was committed to. */
export function reveal(context: Initiated): PayloadOf<typeof RevealDkdPoint> {
  return ownEvaluation(context);
}
