/** One run of a protocol: who plays what, about what, under an id that binds it all. */
import * as v from "valibot";
import { ProtocolError } from "../dsl/index.ts";
import type { Script } from "../dsl/index.ts";
import { labelled, toHex } from "./crypto/hash.ts";
import { encode, readCbor } from "./ledger/cbor.ts";
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
  /** What the id is the hash of: by it a stranger can check all of the above but the account. */
  readonly origin: SessionOrigin;
}

/** Canonical bytes of what makes a session this one. */
export interface SessionOrigin {
  readonly kind: "opened" | "called";
  readonly bytes: Uint8Array;
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
  const end = spec.expires === undefined ? {} : { expires: spec.expires };
  const made = { account: roster.account, protocol, digest, params, cast, nonce, ...end };
  const binding = encode(made);
  const origin = Object.freeze({ kind: "opened", bytes: binding } as const);
  const { account } = roster;
  const id = idOf(origin);
  return Object.freeze({ id, account, protocol, digest, params, cast, ...end, origin });
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
  const binding = encode({ parent: parent.id, label, protocol, digest, params, cast, ...turn });
  const origin = Object.freeze({ kind: "called", bytes: binding } as const);
  const { account } = parent;
  return Object.freeze({ id: idOf(origin), account, protocol, digest, params, cast, origin });
}

function idOf({ kind, bytes }: SessionOrigin): string {
  const label = kind === "opened" ? "aura/session/v1" : "aura/session/child/v1";
  return toHex(labelled(label, bytes));
}

const text = v.string();
const bound = {
  protocol: text,
  digest: text,
  params: v.unknown(),
  cast: v.record(text, v.union([text, v.array(text)])),
};
const shapes = Object.freeze({
  opened: v.strictObject({
    ...bound,
    account: text,
    nonce: v.instance(Uint8Array),
    expires: v.optional(v.pipe(v.number(), v.safeInteger())),
  }),
  called: v.strictObject({
    ...bound,
    parent: text,
    label: text,
    iteration: v.optional(v.number()),
  }),
});
const limits = Object.freeze({ maxBytes: 256 * 1024, maxDepth: 32 });

/** The session that these bytes make; `undefined` where they make none. */
export function readOrigin(origin: SessionOrigin): Omit<Session, "account" | "origin"> | undefined {
  const reading = readCbor(origin.bytes, limits);
  if (!reading.ok) return undefined;
  const parsed = v.safeParse(shapes[origin.kind], reading.value);
  if (!parsed.success) return undefined;
  const { protocol, digest, params } = parsed.output;
  const cast = frozen(parsed.output.cast);
  const { expires } = { expires: undefined, ...parsed.output };
  const end = expires === undefined ? {} : { expires };
  return { id: idOf(origin), protocol, digest, params, cast, ...end };
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

function frozen(cast: SessionCast): SessionCast {
  for (const players of Object.values(cast)) Object.freeze(players);
  return Object.freeze(cast);
}
