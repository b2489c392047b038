/** The rules of admission, cheapest first and in one order, so that an event has one reason everywhere. */

import { isWithin } from "../account/constitution.ts";
import type { Constitution, GroupKey, Member } from "../account/constitution.ts";
import { authorizationOf, isAccountEvent, readFact, slotOf } from "../account/events.ts";
import type { AccountFact } from "../account/events.ts";
import { ACCOUNT_AUTHOR, type SignedEvent, isSignedBy } from "./envelope.ts";
import type { Candidate } from "./event-index.ts";
import type { QuarantineReason } from "./quarantine.ts";

export interface Refusal {
  readonly reason: QuarantineReason;
  readonly detail: string;
}

/** A refusal that events that are still to come may lift. */
interface Standing extends Refusal {
  readonly mayChange: boolean;
}

/** Most nonces of one author in one session. */
const MAX_NONCE = 1 << 16;

/**
 * What is wrong with the event whoever signed it; else what it says of the account, if it is about
 * that.
 */
export function objectionTo(
  event: SignedEvent,
  account: string,
): Refusal | { readonly fact?: AccountFact } {
  const { hash, author, nonce, authorization } = event;
  if (event.account !== account) return { reason: "WrongAccount", detail: hash };
  if (nonce >= MAX_NONCE) {
    return { reason: "TooManyEvents", detail: `nonce ${nonce} of ${author}` };
  }
  const isThreshold = authorization.kind === "threshold";
  if (isThreshold !== (author === ACCOUNT_AUTHOR) || (isThreshold && nonce !== 0)) {
    return { reason: "NotAuthorized", detail: `${authorization.kind} event ${nonce} of ${author}` };
  }
  return isAccountEvent(event.type) ? accountFact(event, event.type) : stepObjection(event);
}

function accountFact(
  event: SignedEvent,
  type: AccountFact["type"],
): Refusal | { readonly fact: AccountFact } {
  const { account, session, authorization, payload, step, iteration } = event;
  if (session !== account) return { reason: "Misplaced", detail: `${type} in session ${session}` };
  const wanted = authorizationOf(type);
  if (authorization.kind !== wanted) {
    return { reason: "NotAuthorized", detail: `${type} is for a ${wanted} to author` };
  }
  const fact = readFact(type, payload);
  if (typeof fact === "string") return { reason: "BadPayload", detail: `${type}: ${fact}` };
  if (!isHandedDown(event, fact)) {
    return { reason: "NotAuthorized", detail: "a key is vouched for by an earlier one" };
  }
  const [slot, turn] = slotOf(fact);
  if (slot === step && turn === iteration) return { fact };
  return { reason: "Misplaced", detail: `${type} in slot ${step} ${iteration}` };
}

/** A key that had a say in what comes before it could vouch itself away, and have no state at all. */
function isHandedDown({ authorization }: SignedEvent, fact: AccountFact): boolean {
  if (fact.type !== "ChangeGroupKey" || authorization.kind !== "threshold") return true;
  return authorization.generation < fact.payload.generation;
}

function stepObjection({ account, session, type, authorization }: SignedEvent): Refusal | object {
  if (session === account) return { reason: "Misplaced", detail: `${type} is no account event` };
  if (authorization.kind !== "threshold") return {};
  return { reason: "NotAuthorized", detail: `${type} is no event of the account` };
}

/** Why the event's author has no say in it, as far as the constitution goes; else nothing. */
export function standingOf(
  { event, fact }: Candidate,
  constitution: Constitution,
): Standing | undefined {
  const { author, authorization } = event;
  if (authorization.kind === "threshold") {
    const { generation } = authorization;
    const key = constitution.key(generation);
    if (key === undefined) {
      return { reason: "UnknownKey", detail: `generation ${generation}`, mayChange: true };
    }
    if (!isSignedBy(event, key.groupKey)) return unsigned(event);
    // Which key follows which does not depend on when: else two changes could each shut the other out.
    if (fact?.type === "ChangeGroupKey" || isWithin(key, event.epoch)) return undefined;
    return { reason: "StaleKey", detail: tenure(event, key), mayChange: true };
  }
  const member = constitution.member(author);
  if (member === undefined) return { reason: "UnknownAuthor", detail: author, mayChange: true };
  if (member.kind !== authorization.kind) {
    const detail = `${author} is a ${member.kind}`;
    return { reason: "NotAuthorized", detail, mayChange: true };
  }
  if (!isSignedBy(event, member.signingKey)) return unsigned(event);
  if (fact?.type === "AdoptGroupKey" || isWithin(member, event.epoch)) return undefined;
  return { reason: "NotAMember", detail: tenure(event, member), mayChange: true };
}

function unsigned({ hash, author }: SignedEvent): Standing {
  return { reason: "BadSignature", detail: `${hash} is not signed by ${author}`, mayChange: false };
}

function tenure({ author, epoch }: SignedEvent, { from, until }: Member | GroupKey): string {
  return `${author} at epoch ${epoch}, in office from ${from} to before ${until ?? "ever after"}`;
}
