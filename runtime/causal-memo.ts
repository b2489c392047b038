/** What was found out about events, where each finding rests on the events that its own follows. */
import type { SignedEvent } from "./ledger/envelope.ts";

export class CausalMemo<Finding> {
  readonly #findings = new Map<string, Finding>();
  /** By hash: those with a finding that name the event as a parent. */
  readonly #followers = new Map<string, Set<string>>();

  get(hash: string): Finding | undefined {
    return this.#findings.get(hash);
  }

  has(hash: string): boolean {
    return this.#findings.has(hash);
  }

  set({ hash, parents }: SignedEvent, finding: Finding): void {
    this.#findings.set(hash, finding);
    for (const parent of parents) {
      const followers = this.#followers.get(parent) ?? new Set<string>();
      this.#followers.set(parent, followers.add(hash));
    }
  }

  /**
   * Forgets what rests on an event that is gone.
   *
   * @returns hashes of the event and of those that follow it, as far as anything was found out
   */
  forget(gone: string): readonly string[] {
    const open = [gone];
    const forgotten: string[] = [];
    for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
      if (this.#findings.delete(hash)) forgotten.push(hash);
      open.push(...(this.#followers.get(hash) ?? []));
      this.#followers.delete(hash);
    }
    return forgotten;
  }
}
