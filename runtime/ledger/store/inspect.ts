/** What a folder holds, for people and programs to look at. Nothing in it is changed. */

import { ProtocolError } from "../../../dsl/errors.ts";
import type { SessionStatus } from "../../account/sessions.ts";
import { toHex } from "../../crypto/hash.ts";
import type { UnclosedSession } from "../compaction/closing.ts";
import { MemoryLedger } from "../memory.ts";
import type { Fork } from "../author-log.ts";
import type { Quarantined } from "../quarantine.ts";
import { type AccountRoster, accountRoster } from "../roster.ts";
import { type FileProblem, type FolderContents, readFolder } from "./contents.ts";
import type { Files } from "./files.ts";
import { nodeFiles } from "./node-files.ts";
import { recover } from "./recover.ts";
import type { Origin } from "./schema.ts";

/** Two events that fill one place with different content. */
interface Equivocation {
  readonly author: string;
  readonly step: string;
  readonly iteration: number;
  readonly hashes: readonly string[];
}

export interface SessionInspection {
  readonly session: string;
  /** The account's own session, or one of a protocol. */
  readonly isAccount: boolean;
  /** Where it stands by its records; nothing where none says what it is. */
  readonly status?: SessionStatus;
  readonly events: readonly EventInspection[];
  readonly heads: readonly string[];
  readonly equivocations: readonly Equivocation[];
  readonly forks: readonly Fork[];
}

interface EventInspection {
  readonly hash: string;
  readonly author: string;
  readonly step: string;
  readonly iteration: number;
  readonly type: string;
  readonly nonce: number;
  readonly epoch: number;
}

export interface LedgerInspection {
  readonly account: string;
  readonly device: string;
  readonly devices: readonly string[];
  readonly incarnation: number;
  readonly epoch: number;
  /** Hash of the account's state: equal on two devices that hold the same events. */
  readonly stateHash: string;
  readonly events: number;
  /** Events that are in documents only, because the file that they were stored in is damaged. */
  readonly recovered: number;
  /** Events fewer than there were when the ledger was last closed or flushed. */
  readonly lost: number;
  readonly sessions: readonly SessionInspection[];
  readonly quarantine: readonly Quarantined[];
  /** Sessions that the group has closed, and of which other events are here than it says. */
  readonly unclosed: readonly UnclosedSession[];
  readonly problems: readonly FileProblem[];
}

/**
 * Reads the ledger in a folder. Signatures are checked against the roster that the folder itself
 * names; whether that is the account's, its id tells.
 *
 * @throws ProtocolError `Storage` where the folder cannot be read or holds no ledger
 */
export function inspectLedger(folder: string, files: Files = nodeFiles): LedgerInspection {
  const contents = readable(folder, files);
  const { state, problems, incarnation } = contents;
  const { roster, device } = identity(folder, contents);
  const ledger = new MemoryLedger(roster);
  const sessionIds = new Set<string>();
  ledger.subscribe(({ session }) => sessionIds.add(session));
  const found = recover(roster.account, contents, (bytes) => ledger.append(bytes));
  const closed = new Set(contents.events.flatMap((file) => file.closed.map((one) => one.session)));
  const sessions = [...sessionIds].sort().map((session) => inspectSession(ledger, session));
  return {
    account: roster.account,
    device,
    devices: ledger.state.devices().map(({ id }) => id),
    incarnation,
    epoch: ledger.epoch,
    stateHash: toHex(ledger.state.hash()),
    events: found.events,
    recovered: found.recovered.length,
    lost: Math.max(0, (state?.events ?? 0) - found.events),
    sessions,
    unclosed: ledger.unclosed().filter(({ session }) => !closed.has(session)),
    quarantine: [...(state?.refusals ?? []), ...ledger.quarantined()],
    problems,
  };
}

function inspectSession(ledger: MemoryLedger, session: string): SessionInspection {
  const events = ledger.events({ session });
  const equivocations = new Map<string, Equivocation>();
  for (const event of events) {
    const { author, step, iteration } = event;
    const hashes = ledger.equivocation(event);
    if (hashes.length === 0) continue;
    equivocations.set(`${author} ${step} ${iteration}`, { author, step, iteration, hashes });
  }
  const status = ledger.state.session(session)?.status;
  return {
    session,
    isAccount: session === ledger.account,
    ...(status === undefined ? {} : { status }),
    events: events.map(({ hash, author, step, iteration, type, nonce, epoch }) => {
      return { hash, author, step, iteration, type, nonce, epoch };
    }),
    heads: ledger.heads(session),
    equivocations: [...equivocations.values()],
    forks: ledger.forks(session),
  };
}

function readable(folder: string, files: Files): FolderContents {
  try {
    return readFolder(files, folder);
  } catch (error) {
    throw new ProtocolError({
      code: "Storage",
      what: `${folder} cannot be read (${error instanceof Error ? error.message : "unknown"})`,
      todo: "name the folder that a ledger was opened in",
      cause: error,
    });
  }
}

/** The state says whose folder it is; without it, the first file of events does. */
function identity(folder: string, { state, events }: FolderContents) {
  const origins = events.flatMap(({ origin }) => origin ?? []);
  const own = origins.filter(({ account }) => account === (state?.account ?? account));
  for (const origin of own) {
    const roster = rosterOf(origin);
    if (roster !== undefined) return { roster, device: state?.device ?? origin.device };
  }
  throw new ProtocolError({
    code: "Storage",
    what: `${folder} holds no ledger, or no file of it says which account it is of`,
    todo: "name the folder that a ledger was opened in",
  });
}

/** An id is the hash of its roster, so a damaged or forged roster does not pass. */
function rosterOf({ account, devices }: Origin): AccountRoster | undefined {
  try {
    const roster = accountRoster(devices);
    return roster.account === account ? roster : undefined;
  } catch {
    return undefined;
  }
}
