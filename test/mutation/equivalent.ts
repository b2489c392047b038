/**
 * Mutants that are accepted, and are right programs of other protocols: a choreography is what says
 * who speaks, so nothing can tell them from what their author meant. The test refuses an entry that
 * no longer survives.
 */
import type { Equivalents } from "./audit.ts";

const otherAuthor =
  "the other role knows all that the payload is made of, and every role still follows";
const otherReceiver =
  "the other role can receive it: whoever needs the value later still knows it, or reads another";
const otherPlace = "the other role knows all that the step reads, and nobody else reads its value";
const unread = "the value's type is what the action gives, and no later step reads it";
const otherQuorum =
  "how many make a quorum is the protocol's: what is agreed later is of all, or promised by combines";
const otherCast = "the other role is of the kind that the callee asks for, and is there to play it";

export const equivalents: Equivalents = {
  "protocols/genesis/choreography.ts": {
    "count Commit atLeast 1": otherQuorum,
    "count Deal atLeast 1": otherQuorum,
  },
  "examples/battleships/choreography.ts": {
    "role FirstShot by second": otherAuthor,
    "role SecondShot by first": otherAuthor,
  },
  "examples/double-buffering/choreography.ts": {
    "role ReadyA by sink": otherAuthor,
    "role ReadyA to sink": otherReceiver,
    "role FillA by sink": otherAuthor,
    "role WantA by source": otherAuthor,
    "role WantA to source": otherReceiver,
    "role DrainA by source": otherAuthor,
    "role ReadyB by sink": otherAuthor,
    "role ReadyB to sink": otherReceiver,
    "role FillB by sink": otherAuthor,
    "role WantB by source": otherAuthor,
    "role WantB to source": otherReceiver,
    "role DrainB by source": otherAuthor,
    "role Output at kernel": otherPlace,
    "payload Output action of nothing": unread,
  },
  "examples/key-value-store/choreography.ts": {
    "role Value to backup": otherReceiver,
  },
  "examples/lock/choreography.ts": {
    "role Forget at holder": otherPlace,
    "payload Forget action of nothing": unread,
  },
  "examples/lottery/choreography.ts": {
    "payload Winner action of nothing": unread,
  },
  "examples/map-reduce/choreography.ts": {
    "payload Total action of nothing": unread,
    "count Counts atLeast 1": otherQuorum,
  },
  "examples/oauth/choreography.ts": {
    "role Request by server": otherAuthor,
    "role Exchange by owner": otherAuthor,
    "role Exchange to owner": otherReceiver,
    "role Token by owner": otherAuthor,
    "role Token to owner": otherReceiver,
  },
  "examples/online-wallet/choreography.ts": {
    "role Login by server": otherAuthor,
    "role Book at client": otherPlace,
    "payload Book action of nothing": unread,
  },
  "examples/ping-pong/choreography.ts": {
    "role Strokes at pinger": otherPlace,
    "role Strokes at ponger": otherPlace,
    "payload Strokes action of nothing": unread,
  },
  "examples/ring/choreography.ts": {
    "role Home by second": otherAuthor,
    "role Home to second": otherReceiver,
  },
  "examples/secret-sharing/choreography.ts": {
    "payload Secret action of nothing": unread,
    "count Refresh atLeast 1": otherQuorum,
  },
  "examples/smtp/choreography.ts": {
    "role Greeting by client": otherAuthor,
    "role Ehlo by server": otherAuthor,
    "role Features by client": otherAuthor,
    "role Ready by client": otherAuthor,
    "role MailOk by client": otherAuthor,
    "role RcptReply by client": otherAuthor,
    "role GoOn by client": otherAuthor,
    "role Message by server": otherAuthor,
    "role Queued by client": otherAuthor,
    "role Bye by client": otherAuthor,
  },
  "examples/take-over/choreography.ts": {
    "role Address by buyer": otherAuthor,
    "role Address to buyer": otherReceiver,
    "role Date by buyer": otherAuthor,
    "role Date to buyer": otherReceiver,
  },
  "examples/three-buyer/choreography.ts": {
    "role Title by buyer2": otherAuthor,
    "role Title by buyer3": otherAuthor,
    "role Quote by buyer1": otherAuthor,
    "role Share by buyer3": otherAuthor,
    "role Share by seller": otherAuthor,
    "role Address by buyer1": otherAuthor,
    "role Address by buyer3": otherAuthor,
    "role Address to buyer1": otherReceiver,
    "role Address to buyer3": otherReceiver,
    "role Date by buyer1": otherAuthor,
    "role Date by buyer3": otherAuthor,
    "role Date to buyer1": otherReceiver,
    "role Date to buyer3": otherReceiver,
    "call TakeOver friend buyer1": otherCast,
    "call TakeOver friend and buyer": otherCast,
    "call TakeOver buyer buyer1": otherCast,
    "call TakeOver buyer and seller": otherCast,
    "call TakeOver seller buyer1": otherCast,
  },
  "examples/travel-agency/choreography.ts": {
    "role More to service": otherReceiver,
  },
  "examples/two-buyer/choreography.ts": {
    "role Title by buyer2": otherAuthor,
    "role Quote by buyer1": otherAuthor,
    "role Share by seller": otherAuthor,
  },
  "examples/two-phase-commit/choreography.ts": {
    "count Vote atLeast 1": otherQuorum,
  },
  "test/mutation/programs/haggle.ts": {
    "role Ask by clerk": otherAuthor,
    "role abort by clerk": otherAuthor,
  },
  "test/mutation/programs/trip.ts": {
    "role Ask by clerk": otherAuthor,
    "role Hint by clerk": otherAuthor,
    "role Nap at clerk": otherPlace,
    "role Nap at member": otherPlace,
    "role Seen at agent": otherPlace,
    "role Seen at member": otherPlace,
    "payload Count action of nothing": unread,
    "count Deal atLeast 1": otherQuorum,
    "count Answer atLeast 1": otherQuorum,
    "call Audit chair agent": otherCast,
    "call Audit member agent": otherCast,
  },
};
