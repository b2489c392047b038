/** A network between ledgers: each event travels to each other device, in any order. */
import { seededEntropy } from "../../runtime/crypto/entropy.ts";
import type { Stage } from "./stage.ts";

interface Message {
  readonly to: string;
  readonly bytes: Uint8Array;
}

export interface Network {
  /** How many messages are under way. */
  readonly size: () => number;
  /** Delivers one of them; `pick` says which, from 0 to one below their number. */
  readonly deliver: (pick: (size: number) => number) => void;
}

/** Connects the own ledgers of all devices of the stage. */
export function networkOf({ devices, ledger }: Stage): Network {
  const messages: Message[] = [];
  for (const { id } of devices) {
    const others = devices.filter((device) => device.id !== id);
    ledger(id).subscribe(({ author, bytes }) => {
      if (author !== id) return;
      messages.push(...others.map((other) => ({ to: other.id, bytes })));
    });
  }
  const deliver = (pick: (size: number) => number): void => {
    const [message] = messages.splice(pick(messages.length), 1);
    if (message !== undefined) ledger(message.to).append(message.bytes);
  };
  return { size: () => messages.length, deliver };
}

/** An order of arrival, by its number: draws from 0 to 2^32 - 1. */
export function orderOf(seed: number): () => number {
  const random = seededEntropy(seed, "order of arrival");
  return () => new DataView(random(4).buffer).getUint32(0);
}

/**
 * Runs everyone until all have ended. A message arrives when all sleep, one at a time, so that every
 * order of arrival can happen; time passes when no message is left.
 *
 * @param draw a number from 0 to 2^32 - 1 a call
 */
export async function untilOverAll(
  stage: Stage,
  network: Network,
  draw: () => number,
): Promise<void> {
  for (await stage.settle(); stage.running() > 0; await stage.settle()) {
    if (network.size() > 0) network.deliver((size) => draw() % size);
    else if (!stage.clock.jump()) throw new Error("somebody waits, and for nothing");
  }
}
