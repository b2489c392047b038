/** Keeps two replicas equal over one channel: gossip for speed, synchronisation for certainty. */

import { ProtocolError } from "../../dsl/errors.ts";
import type { TimeSource } from "../time/time-source.ts";
import type { Channel } from "../transport/channel.ts";
import type { AutomergeLedger } from "./automerge.ts";
import { DEVICE_ID } from "./envelope-fields.ts";
import {
  type Digest,
  type Frame,
  MAX_CLOSED_EVENTS,
  MAX_DIGESTS,
  MAX_FRAME_BYTES,
  encodeFrame,
  readFrame,
} from "./frames.ts";
import { equalBytes } from "../crypto/hash.ts";
import type { ClosedSession } from "./compaction/snapshot.ts";
import type { DocumentName } from "./document.ts";
import { SyncState } from "./sync-state.ts";
import { nameText } from "./vehicle.ts";

export interface ReplicatorOptions {
  /** Repeats the reconciliation, which is what finds lost gossip that nothing follows. */
  readonly every?: { readonly time: TimeSource; readonly epochs: number };
}

export interface Replicator {
  /** Compares all sessions with the peer's, and synchronises the documents of those that differ. */
  reconcile(): void;
  /** Stops. The channel stays open. */
  close(): void;
}

/**
 * Replicates the ledger over the channel until closed. Each end runs one; whatever comes in, it
 * does not throw: frames that cannot be used are dropped and listed by the ledger's `quarantined`.
 *
 * @param peerName device id of the peer, as the transport authenticated it
 * @throws ProtocolError `InvalidInput` for a name that is no device id, or an interval below 1
 */
export function replicate(
  ledger: AutomergeLedger,
  channel: Channel,
  peerName: string,
  options: ReplicatorOptions = {},
): Replicator {
  const { every } = options;
  if (!DEVICE_ID.test(peerName) || (every !== undefined && every.epochs < 1)) {
    throw new ProtocolError({
      code: "InvalidInput",
      what: "a replicator needs the peer's device id and an interval of at least 1 epoch",
      todo: "pass the id from the roster, and a longer interval",
    });
  }
  return new PeerReplicator(ledger, channel, peerName, every);
}

/** Documents that are being synchronised at a time: a peer may name any number. */
const MAX_ROUNDS = 4096;

/** A synchronisation of one document. Messages of an older round are out of date. */
interface Round {
  readonly round: number;
  readonly state: SyncState;
  /** Whether the peer's next message is awaited. */
  readonly running: boolean;
}

class PeerReplicator implements Replicator {
  readonly #ledger: AutomergeLedger;
  readonly #channel: Channel;
  readonly #peer: string;
  readonly #rounds = new Map<string, Round>();
  readonly #stops: (() => void)[];
  #cancelTimer: () => void = () => undefined;

  constructor(
    ledger: AutomergeLedger,
    channel: Channel,
    peer: string,
    every: ReplicatorOptions["every"],
  ) {
    this.#ledger = ledger;
    this.#channel = channel;
    this.#peer = peer;
    this.#stops = [
      channel.onMessage((bytes) => this.#receive(bytes)),
      ledger.connect({
        peer,
        change: (name, change, sentTo) =>
          this.#send({ kind: "change", name, change, sentTo: [...sentTo] }),
        event: ({ bytes }) => this.#send({ kind: "event", bytes }),
        advanced: (session) => this.#sendDigests([session]),
      }),
    ];
    this.reconcile();
    if (every !== undefined) this.#repeat(every);
  }

  reconcile(): void {
    this.#sendDigests(this.#ledger.sessions());
  }

  close(): void {
    this.#cancelTimer();
    for (const stop of this.#stops.splice(0)) stop();
  }

  #repeat(every: NonNullable<ReplicatorOptions["every"]>): void {
    const { time, epochs } = every;
    this.#cancelTimer = time.at(time.epoch() + epochs, () => {
      this.reconcile();
      this.#repeat(every);
    });
  }

  #send(frame: Frame): void {
    this.#channel.send(encodeFrame(frame));
  }

  #sendDigests(sessions: readonly string[]): void {
    for (let start = 0; start < sessions.length; start += MAX_DIGESTS) {
      const part = sessions.slice(start, start + MAX_DIGESTS);
      const digests = part.map((session) => ({
        session,
        events: this.#ledger.digest(session),
        generations: [...this.#ledger.generations(session)],
      }));
      this.#send({ kind: "digest", sessions: digests });
    }
  }

  #receive(bytes: Uint8Array): void {
    const reading = readFrame(bytes);
    if (!reading.ok) {
      this.#ledger.refuse("BadFrame", `${this.#peer}: ${reading.detail}`, bytes);
      return;
    }
    const { frame } = reading;
    switch (frame.kind) {
      case "digest":
        for (const digest of frame.sessions) this.#compare(digest);
        break;
      case "change":
        this.#receiveChange(frame.name, frame.change, frame.sentTo);
        break;
      case "sync":
        this.#receiveSync(frame.name, frame.round, frame.message);
        break;
      case "pull":
        this.#sendEvents(frame.session);
        break;
      case "closed":
        this.#learnClosed(frame);
        break;
      case "event":
        this.#ledger.receiveEvent(frame.bytes);
        break;
    }
  }

  /** Takes over documents of a later generation; synchronises all where the events differ. */
  #compare({ session, events, generations }: Digest): void {
    const own = this.#ledger.generations(session);
    for (const [epoch, generation] of generations.entries()) {
      if (generation <= (own[epoch] ?? -1)) continue;
      this.#ledger.standing({ session, epoch, generation });
    }
    if (equalBytes(events, this.#ledger.digest(session)) || this.#sendClosed(session)) return;
    for (const name of this.#ledger.documents(session)) this.#startRound(name);
    if (this.#ledger.gaveUp(session)) this.#exchangeEvents(session);
  }

  /**
   * Tells a peer, who has other events, what a session had when it was closed here. A list that fits no
   * frame is not sent: the peer's `unclosed` goes on to name the session.
   *
   * @returns whether the session is closed here
   */
  #sendClosed(session: string): boolean {
    const closed = this.#ledger.closed(session);
    if (closed === undefined) return false;
    const hashes = [...closed.hashes];
    if (hashes.length <= MAX_CLOSED_EVENTS) this.#send({ kind: "closed", session, hashes });
    return true;
  }

  /** The next compaction goes by it. Before the snapshot is here, nothing can be said of it. */
  #learnClosed({ session, hashes }: ClosedSession): void {
    const ledger = this.#ledger;
    const isOpen = ledger.closed(session) === undefined;
    if (!isOpen || ledger.state.closedRoot(session) === undefined) return;
    if (ledger.learnClosed({ session, hashes })) return;
    ledger.refuse("BadFrame", `${this.#peer}: the group has closed ${session} with other events`);
  }

  /** Without documents, each side sends the other all that it has. */
  #exchangeEvents(session: string): void {
    this.#send({ kind: "pull", session });
    this.#sendEvents(session);
  }

  #receiveChange(name: DocumentName, change: Uint8Array, sentTo: readonly string[]): void {
    const outcome = this.#ledger.receiveChange(name, change, [this.#peer, ...sentTo]);
    if (outcome === "older") this.#sendDigests([name.session]);
    const running = this.#rounds.get(nameText(name))?.running === true;
    if (outcome === "gap" && !running) this.#startRound(name);
  }

  #startRound(name: DocumentName): void {
    const round = (this.#rounds.get(nameText(name))?.round ?? 0) + 1;
    this.#continue(name, round, SyncState.fresh());
  }

  #receiveSync(name: DocumentName, round: number, message: Uint8Array): void {
    const own = this.#rounds.get(nameText(name));
    if (own !== undefined && own.round > round) return;
    if (this.#ledger.standing(name).status === "older") {
      this.#sendDigests([name.session]);
      return;
    }
    const state = own?.round === round ? own.state : SyncState.fresh();
    const next = this.#ledger.receiveSyncMessage(name, state, message, this.#peer);
    if (next !== undefined) this.#continue(name, round, next);
    else if (!this.#sendClosed(name.session)) this.#send({ kind: "pull", session: name.session });
  }

  /** Sends what the synchronisation has to say next, if anything. */
  #continue(name: DocumentName, round: number, state: SyncState): void {
    const said = this.#ledger.nextSyncMessage(name, state);
    if (said === undefined) return;
    const [next, message] = said;
    this.#remember(name, { round, state: next, running: message !== null });
    if (message === null) return;
    const frame = encodeFrame({ kind: "sync", name, round, message });
    if (frame.length <= MAX_FRAME_BYTES) this.#channel.send(frame);
    else this.#sendEvents(name.session);
  }

  #remember(name: DocumentName, round: Round): void {
    const key = nameText(name);
    const [oldest] = this.#rounds.keys();
    const full = this.#rounds.size >= MAX_ROUNDS && !this.#rounds.has(key);
    if (full && oldest !== undefined) this.#rounds.delete(oldest);
    this.#rounds.set(key, round);
  }

  #sendEvents(session: string): void {
    for (const { bytes } of this.#ledger.events({ session })) this.#send({ kind: "event", bytes });
  }
}
