/** Prints a session as it runs: who writes, who waits for whom, who is to blame. */
import { dkdScripts, genesisScripts } from "../../protocols/index.ts";
import type { Notice, Observer, TimeSource } from "../../runtime/index.ts";

/** An observer that prints a line a notice; `clock` counts milliseconds. */
export function timeline(clock: TimeSource, print: (line: string) => void): Observer {
  const start = clock.epoch();
  const lastOf = new Map<string, string>();
  let session = "";
  return (notice) => {
    if (notice.session !== session) {
      session = notice.session;
      print("");
      print(`${notice.protocol}, session ${notice.session.slice(0, 8)}`);
    }
    const text = describe(notice);
    const key = `${notice.device} ${notice.role}`;
    if (text === undefined || lastOf.get(key) === text) return;
    lastOf.set(key, text);
    const ms = `${clock.epoch() - start} ms`.padStart(9);
    const who = `${notice.device} (${notice.role})`.padEnd(22);
    print(`${ms}  ${who} ${notice.step.padEnd(10)} ${text}`);
  };
}

/** Steps that are nothing but a computation; at others it is part of a write. */
const localSteps = new Set<string>(
  [...Object.values(dkdScripts), ...Object.values(genesisScripts)].flatMap((script) =>
    script.steps.filter((node) => node.instruction === "Compute").map(({ label }) => label),
  ),
);

function describe(notice: Notice): string | undefined {
  switch (notice.kind) {
    case "computed":
      return localSteps.has(notice.step) ? "computes" : undefined;
    case "wrote":
      return `writes ${notice.event}`;
    case "waiting":
      return `waits for ${notice.from.join(", ")} (${notice.have} of ${notice.need})`;
    case "received":
      return `has heard ${notice.from.join(", ")}`;
    case "slept":
      return `slept ${notice.epochs} epochs`;
    case "blamed":
      return `blames ${notice.blame.device}: ${notice.blame.reason}`;
    case "returned":
      return "done";
    case "aborted":
      return `gives up: ${notice.reason}`;
  }
}
