/** Everything that a reader can ask of a ledger, with the answers. */
import type { Ledger } from "../ledger/ledger.ts";
import { DEVICES, OPERATION, RELATIONSHIP, SESSIONS } from "./cast.ts";
import type { View } from "./trial.ts";

const AUTHORS = [...DEVICES, "frank", "gran", "heidi", "account"];

export function viewOf(ledger: Ledger): View {
  const views = [stateOf(ledger), ...SESSIONS.map((session) => sessionOf(ledger, session))];
  return Object.fromEntries(views.flatMap((view) => Object.entries(view)));
}

function stateOf({ state, account, epoch }: Ledger): View {
  return {
    account,
    epoch,
    "state.members": state.members,
    "state.groupKey": state.groupKey,
    "state.sessionEpoch": state.sessionEpoch,
    "state.epoch": state.epoch,
    "state.devices()": state.devices(),
    "state.sessions()": state.sessions(),
    "state.counter(…)": state.counter(RELATIONSHIP),
    "state.lock(…)": state.lock(OPERATION),
    "state.nextToken(…)": state.nextToken(OPERATION),
    "state.snapshot": state.snapshot,
    "state.ticket(…) of each": AUTHORS.map((author) => state.ticket(author)),
    "state.member(…) of each": AUTHORS.map((author) => state.member(author)),
    "state.hash()": state.hash(),
  };
}

function sessionOf(ledger: Ledger, session: string): View {
  const events = ledger.events({ session });
  const hashes = (filter: object): readonly string[] =>
    ledger.events({ session, ...filter }).map(({ hash }) => hash);
  const of = `of session ${session.slice(0, 8)}`;
  return {
    [`events ${of}`]: hashes({}),
    [`events of a step ${of}`]: hashes({ step: "Commit" }),
    [`events of a turn ${of}`]: hashes({ step: "Commit", iteration: 1 }),
    [`events of a type ${of}`]: hashes({ type: "RequestLock" }),
    [`events of two authors ${of}`]: hashes({ authors: ["alice", "frank"] }),
    [`get(…) of each ${of}`]: events.map(({ hash }) => ledger.get(hash)?.bytes),
    [`heads ${of}`]: ledger.heads(session),
    [`forks ${of}`]: ledger.forks(session),
    [`nextNonce of each ${of}`]: AUTHORS.map((author) => ledger.nextNonce(author, session)),
    [`equivocation of each slot ${of}`]: events.map((event) => ledger.equivocation(event)),
    [`state.session ${of}`]: ledger.state.session(session),
    [`state.closedRoot ${of}`]: ledger.state.closedRoot(session),
    [`closed ${of}`]: ledger.closed(session),
  };
}
