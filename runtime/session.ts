/** One run of a protocol: who plays what, about what, under an id that binds it all. */
import * as v from "valibot";
import { ProtocolError } from "../dsl/index.ts";
import type { Script } from "../dsl/index.ts";
import { labelled, toHex } from "./crypto/hash.ts";
import { encode } from "./ledger/cbor.ts";
import type { AccountRoster } from "./ledger/roster.ts";

/** Who plays each role: a device id for a `one` role, all device ids for a family. */
export type SessionCast = Readonly<Record<string, string | readonly string[]>>;

export interface Session {
  /** Hex. Equal on two devices only if everything below is. */
  readonly id: string;
  readonly account: string;
  readonly protocol: string;
  /** Digest of the choreography. */
  readonly digest: string;
  /** Public parameters, of plain values that have a canonical encoding. */
  readonly params: unknown;
  readonly cast: SessionCast;
  /** The first epoch in which the session has run out of time; never where absent. */
  readonly expires?: number;
  /** What the id is the hash of. */
  readonly opening: SessionOpening;
}

/** All that a session is, in a form that has a canonical encoding. */
export interface SessionOpening {
  /** Whether it is nested in another. */
  readonly isChild: boolean;
  readonly binding: Readonly<Record<string, unknown>>;
}

/** What a session is, as those read it who were not there when it was opened. */
export interface SessionBinding {
  readonly protocol: string;
  readonly digest: string;
  readonly cast: SessionCast;
  readonly expires?: number;
  /** Hex id of the session that this one is nested in. */
  readonly parent?: string;
}

export interface SessionSpec {
  readonly roster: AccountRoster;
  /** The script of any role of the protocol. */
  readonly script: Pick<Script, "protocol" | "digest">;
  readonly params: unknown;
  readonly cast: SessionCast;
  /** Tells two runs of the same protocol about the same thing apart; 16 random bytes will do. */
  readonly nonce: Uint8Array;
  /** The first epoch in which the session has run out of time; never where absent. */
  readonly expires?: number;
}

/**
 * The session that `spec` describes. Every device that takes part makes it from the same values.
 *
 * @throws ProtocolError `InvalidInput` for a cast with an unknown device, an empty family or a
 *   device that stands twice in a family, or for parameters without a canonical encoding
 */
export function openSession(spec: SessionSpec): Session {
  const { roster, script, params, cast, nonce } = spec;
  checkCast(cast, roster, script.protocol);
  const { protocol, digest } = script;
  const { account } = roster;
  const end = spec.expires === undefined ? {} : { expires: spec.expires };
  const binding = { account, protocol, digest, params, cast, nonce, ...end };
  const opening = { isChild: false, binding };
  return Object.freeze({
    id: idOf(opening),
    account,
    protocol,
    digest,
    params,
    cast,
    ...end,
    opening,
  });
}

/** Where in its parent a nested choreography is called, and how. */
export interface Calling {
  /** The calling step, and its turn. */
  readonly label: string;
  readonly iteration: number;
  readonly script: Pick<Script, "protocol" | "digest">;
  /** Role of the callee → role of the parent that plays it. */
  readonly cast: Readonly<Record<string, string>>;
  /** Those roles of the callee that are families; as its parent has them where not given. */
  readonly families?: readonly string[];
  readonly params: unknown;
}

/**
 * The session of a nested choreography, one for each turn of each place in its parent that calls it.
 *
 * @throws ProtocolError `InvalidState` where nobody plays a role, or a family one of a single device
 */
export function childSession(parent: Session, calling: Calling): Session {
  const { label, iteration, script, params, families } = calling;
  const { protocol, digest } = script;
  const cast = Object.fromEntries(
    Object.entries(calling.cast).map(([role, from]) => [
      role,
      asKind(role, castOf(parent, from), families, protocol),
    ]),
  );
  const turn = iteration === 0 ? {} : { iteration };
  const binding = { parent: parent.id, label, protocol, digest, params, cast, ...turn };
  const opening = { isChild: true, binding };
  const { account } = parent;
  return Object.freeze({ id: idOf(opening), account, protocol, digest, params, cast, opening });
}

const LABELS = { root: "aura/session/v1", child: "aura/session/child/v1" } as const;

function idOf({ isChild, binding }: SessionOpening): string {
  return toHex(labelled(isChild ? LABELS.child : LABELS.root, encode(binding)));
}

const playersShape = v.union([v.string(), v.array(v.string())]);
const bindingShape = v.object({
  protocol: v.string(),
  digest: v.string(),
  cast: v.record(v.string(), playersShape),
  expires: v.optional(v.pipe(v.number(), v.safeInteger())),
  parent: v.optional(v.string()),
});

/** What a session is, from what somebody says of it; nothing where the id is of something else. */
export function readBinding(
  session: string,
  isChild: boolean,
  binding: Readonly<Record<string, unknown>>,
): SessionBinding | undefined {
  if (idOf({ isChild, binding }) !== session || !v.is(bindingShape, binding)) return undefined;
  const { protocol, digest, cast, expires, parent } = binding;
  const ends = expires === undefined ? {} : { expires };
  return Object.freeze({
    protocol,
    digest,
    cast,
    ...ends,
    ...(parent === undefined ? {} : { parent }),
  });
}

/** A single device can be a family; a family can be no single device. */
function asKind(
  role: string,
  players: string | readonly string[],
  families: readonly string[] | undefined,
  protocol: string,
): string | readonly string[] {
  if (families === undefined || families.includes(role) !== (typeof players === "string")) {
    return players;
  }
  if (typeof players === "string") return [players];
  throw new ProtocolError({
    code: "InvalidState",
    what: `a family is to play the role '${role}', which a single device plays`,
    todo: "Map the role to one that a single device plays",
    where: { protocol, role },
  });
}

function castOf(session: Session, role: string): string | readonly string[] {
  const players = Object.hasOwn(session.cast, role) ? session.cast[role] : undefined;
  if (players !== undefined) return players;
  throw new ProtocolError({
    code: "InvalidState",
    what: `nobody plays the role '${role}'`,
    todo: "Map each role of the nested protocol to a role of this one",
    where: { protocol: session.protocol },
  });
}

function checkCast(cast: SessionCast, roster: AccountRoster, protocol: string): void {
  const known = new Set(roster.devices.map(({ id }) => id));
  for (const [role, players] of Object.entries(cast)) {
    const devices = typeof players === "string" ? [players] : players;
    const unknown = devices.find((device) => !known.has(device));
    const problem =
      devices.length === 0
        ? "nobody plays it"
        : new Set(devices).size < devices.length
          ? "a device stands in it twice"
          : unknown === undefined
            ? undefined
            : `the account has no device '${unknown}'`;
    if (problem === undefined) continue;
    throw new ProtocolError({
      code: "InvalidInput",
      what: `the cast cannot be: ${problem}`,
      todo: "Name devices of the account's roster, each once",
      where: { protocol, role },
    });
  }
}
