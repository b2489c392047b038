/** Replicas that are connected in one process, and deliver when the test says so. */

import { readFrame } from "../../../runtime/ledger/frames.ts";
import { replicate } from "../../../runtime/ledger/replicator.ts";
import { type Channel, inProcessChannel } from "../../../runtime/transport/channel.ts";
import { automergeLedger } from "./fixtures.ts";

export const NAMES = ["alice", "bob", "carol", "dave", "erin"];

/** Deliveries in the order of sending, run by hand. */
export function mailbox() {
  const tasks: (() => void)[] = [];
  return {
    deliver: (task: () => void): void => void tasks.push(task),
    settle: (): void => {
      for (let count = 0; tasks.length > 0; count += 1) {
        if (count > 100_000) throw new Error("the replicas never fall silent");
        tasks.shift()?.();
      }
    },
  };
}

/** Passes on what the predicate lets through, and counts it by kind. */
export function tapped(
  channel: Channel,
  kinds: string[],
  passes: (kind: string) => boolean,
): Channel {
  return {
    ...channel,
    send: (bytes) => {
      const reading = readFrame(bytes);
      const kind = reading.ok ? reading.frame.kind : "unreadable";
      if (!passes(kind)) return;
      kinds.push(kind);
      channel.send(bytes);
    },
  };
}

interface MeshOptions {
  readonly passes?: (kind: string) => boolean;
  readonly linked?: (left: number, right: number) => boolean;
}

/** Connected replicas: all with all, unless told otherwise. */
export function mesh(
  count: number,
  { passes = () => true, linked = () => true }: MeshOptions = {},
) {
  const { deliver, settle } = mailbox();
  const ledgers = NAMES.slice(0, count).map((name) => automergeLedger(name));
  const kinds: string[] = [];
  const replicators = ledgers.flatMap((left, i) =>
    ledgers.flatMap((right, j) => {
      if (j <= i || !linked(i, j)) return [];
      const [a, b] = inProcessChannel({ deliver });
      return [
        replicate(left, tapped(a, kinds, passes), NAMES[j] ?? ""),
        replicate(right, tapped(b, kinds, passes), NAMES[i] ?? ""),
      ];
    }),
  );
  const reconcile = (): void => {
    for (const replicator of replicators) replicator.reconcile();
    settle();
  };
  settle();
  return { ledgers, replicators, kinds, settle, reconcile };
}
