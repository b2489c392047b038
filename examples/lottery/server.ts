/** A server of the lottery. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { ActionContext, Collected, Judged, PayloadOf, Verdict } from "../../dsl/index.ts";
import { equalBytes, labelled, toHex } from "../../runtime/crypto/hash.ts";
import type { CommitNumber, RevealNumber } from "./events.ts";

export interface Lottery {
  /** The players, each as often as it has tickets. */
  readonly tickets: readonly string[];
}

type Drawing = Pick<ActionContext<Lottery, unknown>, "self" | "session" | "entropy">;

export function reveal({ entropy }: Pick<Drawing, "entropy">): PayloadOf<typeof RevealNumber> {
  return { number: entropy("number")(32) };
}

export function commit(context: Drawing): PayloadOf<typeof CommitNumber> {
  const { session, self } = context;
  return { commitment: commitmentTo(reveal(context).number, session, self) };
}

/** The hash names its author: nobody can commit to another's number by copying its commitment. */
function commitmentTo(number: Uint8Array, session: string, author: string): Uint8Array {
  return labelled("aura/example/lottery/v1", session, author, number);
}

interface Committed {
  readonly session: string;
  readonly Commit: Collected<PayloadOf<typeof CommitNumber>>;
}

export function matches(
  { number }: PayloadOf<typeof RevealNumber>,
  { session, author, earlier }: Committed & Judged<Committed>,
): Verdict {
  const commitment = earlier("Commit")?.commitment;
  const isSame =
    commitment !== undefined && equalBytes(commitment, commitmentTo(number, session, author));
  return isSame ? accepted : rejected("BadOpening", "it is not the number of its commitment");
}

/** The ticket that all numbers together draw: random if one of them is. */
export function draw({
  params,
  Reveal,
}: {
  readonly params: Lottery;
  readonly Reveal: Collected<PayloadOf<typeof RevealNumber>>;
}): string | undefined {
  const all = labelled(
    "aura/example/lottery/draw/v1",
    ...Reveal.map(({ payload }) => payload.number),
  );
  // 256 bits: the remainder favours no ticket noticeably.
  return params.tickets[Number(BigInt(`0x${toHex(all)}`) % BigInt(params.tickets.length))];
}
