/** How far a synchronisation with a peer has come. */

import * as Automerge from "@automerge/automerge/slim";

type Root = Readonly<Record<string, unknown>>;

/** What Automerge keeps of it stays in here, so that no declaration of the ledger needs Automerge's. */
export class SyncState {
  readonly #state: Automerge.SyncState;

  private constructor(state: Automerge.SyncState) {
    this.#state = state;
  }

  /** A synchronisation that has not begun. */
  static fresh(): SyncState {
    return new SyncState(Automerge.initSyncState());
  }

  /** The next message; none where there is nothing to say. */
  next(document: Root): readonly [SyncState, Uint8Array | null] {
    const [next, message] = Automerge.generateSyncMessage(document, this.#state);
    return [new SyncState(next), message];
  }

  /** Takes a message in. Throws where it does not fit. */
  receive(document: Root, message: Uint8Array): readonly [Root, SyncState] {
    const [received, next] = Automerge.receiveSyncMessage(document, this.#state, message);
    return [received, new SyncState(next)];
  }

  /** The latest changes of the peer's document, as far as is known. */
  theirHeads(): readonly string[] {
    return this.#state.theirHeads ?? [];
  }

  /** Whether the peer is known to have all changes of the document. */
  hasAllOf(document: Root): boolean {
    return Automerge.hasOurChanges(document, this.#state);
  }
}
