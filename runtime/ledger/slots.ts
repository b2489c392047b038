/** What stands in the slots of a session, and whose slot holds two things. */

import { equalBytes } from "../crypto/hash.ts";
import { encode } from "./cbor.ts";
import type { SignedEvent } from "./envelope.ts";

/** The place that an author fills once: one event of one author, in one turn of one step. */
export interface Slot {
  readonly session: string;
  readonly step: string;
  readonly iteration: number;
  readonly author: string;
}

/**
 * What decides whether a slot is honest, in constant space: the event of the lowest hash, and among
 * those with other content the one of the lowest hash.
 */
interface Content {
  readonly lowest: SignedEvent;
  readonly other?: SignedEvent | undefined;
}

export class Slots {
  readonly #contents = new Map<string, Content>();

  add(event: SignedEvent): void {
    const key = keyOf(event);
    this.#contents.set(key, withEvent(this.#contents.get(key), event));
  }

  /** @param rest the events of its step and turn that stay */
  remove(event: SignedEvent, rest: readonly SignedEvent[]): void {
    this.#contents.delete(keyOf(event));
    for (const other of rest) if (other.author === event.author) this.add(other);
  }

  /**
   * Hashes of two events that fill one slot with different types or payloads; empty for an honest
   * slot. The same content signed twice is no equivocation.
   */
  equivocation(slot: Slot): readonly string[] {
    const content = this.#contents.get(keyOf(slot));
    return content?.other === undefined ? [] : [content.lowest.hash, content.other.hash];
  }
}

function withEvent(content: Content | undefined, event: SignedEvent): Content {
  if (content === undefined) return { lowest: event };
  const { lowest, other } = content;
  const same = sameContent(lowest, event);
  if (event.hash < lowest.hash) return { lowest: event, other: same ? other : lowest };
  if (same || (other !== undefined && other.hash < event.hash)) return content;
  return { lowest, other: event };
}

function sameContent(a: SignedEvent, b: SignedEvent): boolean {
  return a.type === b.type && equalBytes(encode(a.payload), encode(b.payload));
}

function keyOf(slot: Slot): string {
  return `${slot.step} ${slot.iteration} ${slot.author}`;
}
