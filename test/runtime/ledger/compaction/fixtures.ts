/** A session that ran to its end, for the tests of compaction. */
import type { SignedEvent } from "../../../../runtime/ledger/envelope.ts";
import { completedStep } from "../../../../runtime/record.ts";
import { openSession } from "../../../../runtime/session.ts";
import { ROSTER, stepEvent } from "../../account/fixtures.ts";

export function sessionOf(nonce: number) {
  return openSession({
    roster: ROSTER,
    script: { protocol: "test", digest: "00" },
    params: {},
    cast: { leader: "alice", crowd: ["bob", "carol"] },
    nonce: Uint8Array.of(nonce),
  });
}

/** A session that ran to its end. */
export function story(nonce: number): readonly SignedEvent[] {
  const { id, origin } = sessionOf(nonce);
  const entry = (author: string, at: number, fields: object) =>
    stepEvent(author, { session: id, nonce: at, epoch: 2 + at, ...fields });
  return [
    entry("alice", 0, { step: "opened", type: "SessionOpened", payload: origin }),
    ...["alice", "bob", "carol"].flatMap((author) =>
      [1, 2, 3, 4].map((at) => entry(author, at, { step: `Step${at}`, payload: at })),
    ),
    entry("alice", 5, {
      step: completedStep("leader"),
      type: "SessionCompleted",
      payload: { role: "leader", blamed: [] },
    }),
  ];
}
