/** Keeps two replicas equal over one channel: gossip for speed, synchronisation for certainty. */

import { ProtocolError } from "../../dsl/errors.ts";
import type { TimeSource } from "../time/time-source.ts";
import type { Channel } from "../transport/channel.ts";
import type { AutomergeLedger } from "./automerge.ts";
import { DEVICE_ID } from "./envelope.ts";
import { type Frame, MAX_DIGESTS, MAX_FRAME_BYTES, encodeFrame, readFrame } from "./frames.ts";
import { equalBytes } from "../crypto/hash.ts";
import { type SyncState, freshSyncState } from "./session-document.ts";

export interface ReplicatorOptions {
  /** Repeats the reconciliation, which is what finds lost gossip that nothing follows. */
  readonly every?: { readonly time: TimeSource; readonly epochs: number };
}

export interface Replicator {
  /** Compares all sessions with the peer's, and synchronises those that differ. */
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

/** A synchronisation of one session. Messages of an older round are out of date. */
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
        change: (session, change, sentTo) =>
          this.#send({ kind: "change", session, change, sentTo: [...sentTo] }),
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
      const digests = part.map((session) => ({ session, events: this.#ledger.digest(session) }));
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
        for (const { session, events } of frame.sessions) this.#compare(session, events);
        break;
      case "change":
        this.#receiveChange(frame.session, frame.change, frame.sentTo);
        break;
      case "sync":
        this.#receiveSync(frame.session, frame.round, frame.message);
        break;
      case "pull":
        this.#sendEvents(frame.session);
        break;
      case "event":
        this.#ledger.append(frame.bytes);
        break;
    }
  }

  #compare(session: string, events: Uint8Array): void {
    if (!equalBytes(events, this.#ledger.digest(session))) this.#startRound(session);
  }

  #receiveChange(session: string, change: Uint8Array, sentTo: readonly string[]): void {
    const outcome = this.#ledger.receiveChange(session, change, [this.#peer, ...sentTo]);
    if (outcome === "gap" && this.#rounds.get(session)?.running !== true) this.#startRound(session);
  }

  #startRound(session: string): void {
    const round = (this.#rounds.get(session)?.round ?? 0) + 1;
    this.#continue(session, round, freshSyncState());
  }

  #receiveSync(session: string, round: number, message: Uint8Array): void {
    const own = this.#rounds.get(session);
    if (own !== undefined && own.round > round) return;
    const state = own?.round === round ? own.state : freshSyncState();
    const next = this.#ledger.receiveSyncMessage(session, state, message, this.#peer);
    if (next === undefined) this.#send({ kind: "pull", session });
    else this.#continue(session, round, next);
  }

  /** Sends what the synchronisation has to say next, if anything. */
  #continue(session: string, round: number, state: SyncState): void {
    const said = this.#ledger.nextSyncMessage(session, state);
    if (said === undefined) return;
    const [next, message] = said;
    this.#rounds.set(session, { round, state: next, running: message !== null });
    if (message === null) return;
    const frame = encodeFrame({ kind: "sync", session, round, message });
    if (frame.length <= MAX_FRAME_BYTES) this.#channel.send(frame);
    else this.#sendEvents(session);
  }

  #sendEvents(session: string): void {
    for (const { bytes } of this.#ledger.events({ session })) this.#send({ kind: "event", bytes });
  }
}
