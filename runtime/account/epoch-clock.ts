/** How far the devices are: what the epochs say that they write into their events. */
import type { SignedEvent } from "../ledger/envelope.ts";

export class EpochClock {
  /** Author → epoch → how many events it wrote at it. */
  readonly #written = new Map<string, Map<number, number>>();
  readonly #latest = new Map<string, number>();

  add({ author, epoch, authorization }: SignedEvent): void {
    if (authorization.kind !== "device") return;
    const epochs = this.#written.get(author) ?? new Map<number, number>();
    this.#written.set(author, epochs.set(epoch, (epochs.get(epoch) ?? 0) + 1));
    this.#latest.set(author, Math.max(this.#latest.get(author) ?? 0, epoch));
  }

  remove({ author, epoch, authorization }: SignedEvent): void {
    const epochs = this.#written.get(author);
    if (authorization.kind !== "device" || epochs === undefined) return;
    const left = (epochs.get(epoch) ?? 0) - 1;
    if (left > 0) epochs.set(epoch, left);
    else epochs.delete(epoch);
    const latest = [...epochs.keys()].reduce((a, b) => Math.max(a, b), 0);
    this.#latest.set(author, latest);
  }

  /**
   * The highest epoch that at least `quorum` devices have reached: fewer than that, malicious or with
   * a wrong clock, cannot move it.
   */
  epoch(isDevice: (id: string) => boolean, quorum: number): number {
    const latest = [...this.#latest].filter(([id]) => isDevice(id)).map(([, epoch]) => epoch);
    return latest.sort((a, b) => b - a)[quorum - 1] ?? 0;
  }
}
