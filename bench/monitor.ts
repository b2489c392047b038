/** The monitor: time for each event, in sessions that grow; it should not grow with them. */
import { server } from "../examples/lottery/generated/lottery.server.ts";
import { pinger } from "../examples/ping-pong/generated/ping-pong.pinger.ts";
import { ponger } from "../examples/ping-pong/generated/ping-pong.ponger.ts";
import { systemEntropy } from "../runtime/crypto/system-entropy.ts";
import {
  MemoryLedger,
  accountRoster,
  deviceOf,
  drawDeviceSecrets,
  openSession,
  publicSide,
} from "../runtime/index.ts";
import type { ScriptsByRole, Session, SessionCast } from "../runtime/index.ts";
import { signEvent } from "../runtime/ledger/envelope.ts";
import type { SignedEvent } from "../runtime/ledger/envelope.ts";
import { SessionMonitor } from "../runtime/monitor/monitor.ts";
import { medianMs, row } from "./timing.ts";

interface Play {
  readonly ledger: MemoryLedger;
  readonly session: Session;
  readonly scripts: ScriptsByRole;
  /** Signs an event on top of all that the ledger holds, or of `parents`. */
  readonly sign: (device: number, write: Write) => void;
}

interface Write {
  readonly step: string;
  readonly type: string;
  readonly payload: unknown;
  readonly iteration?: number;
  readonly parents?: readonly string[];
}

/** Prints a row for each session: the time for one event, beside that in the smallest session. */
export async function benchMonitor(print: (line: string) => void): Promise<void> {
  const plays = [
    ...[10, 100, 1000].map((turns) => [`ping-pong, ${turns} turns`, rally(turns)] as const),
    ...[4, 16, 64].map((size) => [`lottery, ${size} devices at once`, lottery(size)] as const),
  ];
  // Until all is compiled, the smallest session would pay for the others.
  for (const [, play] of plays) {
    judgeAll(play, play.ledger.events({ session: play.session.id }));
  }
  let baseline: number | undefined;
  for (const [name, play] of plays) {
    const events = play.ledger.events({ session: play.session.id });
    const each = (await medianMs(9, () => judgeAll(play, events))) / events.length;
    baseline ??= each;
    print(row(name, each, baseline));
  }
  const { ledger, session } = rally(100);
  const events = ledger.events({ session: session.id });
  const admission = await medianMs(9, () => {
    const other = new MemoryLedger(ledger.roster);
    for (const { bytes } of events) other.append(bytes);
  });
  print(row("admission, signature remembered", admission / events.length, baseline ?? 1));
}

function judgeAll({ ledger, session, scripts }: Play, events: readonly SignedEvent[]): void {
  const monitor = new SessionMonitor({ session, scripts, get: (hash) => ledger.get(hash) });
  const bad = events.find((event) => monitor.judge(event).status !== "conforms");
  if (bad !== undefined) throw new Error(`an honest event does not conform: ${bad.step}`);
}

function rally(turns: number): Play {
  const play = playOf(2, { pinger, ponger }, ([one = "", other = ""]) => ({
    pinger: one,
    ponger: other,
  }));
  const payload = { stroke: 1 };
  for (let iteration = 0; iteration < turns; iteration += 1) {
    play.sign(0, { step: "Ping", type: "PlayPing", payload, iteration });
    play.sign(1, { step: "Pong", type: "PlayPong", payload, iteration });
  }
  return play;
}

/** All commit at once, and then all reveal at once: each names as many parents as there can be. */
function lottery(size: number): Play {
  const play = playOf(size, { server }, (ids) => ({ server: ids }));
  const commitment = { commitment: new Uint8Array(32) };
  const number = { number: new Uint8Array(32) };
  const { ledger, session } = play;
  const devices = Array.from({ length: size }, (_, device) => device);
  for (const device of devices) {
    play.sign(device, { step: "Commit", type: "CommitNumber", payload: commitment, parents: [] });
  }
  const parents = ledger.heads(session.id);
  for (const device of devices) {
    play.sign(device, { step: "Reveal", type: "RevealNumber", payload: number, parents });
  }
  return play;
}

function playOf(
  size: number,
  scripts: ScriptsByRole,
  castOf: (ids: readonly string[]) => SessionCast,
): Play {
  const devices = Array.from({ length: size }, (_, at) =>
    deviceOf(`device-${at}`, drawDeviceSecrets(systemEntropy)),
  );
  const roster = accountRoster(devices.map(publicSide));
  const [script] = Object.values(scripts);
  if (script === undefined) throw new TypeError("a session without a script");
  const cast = castOf(devices.map(({ id }) => id));
  const params = { tickets: ["ann", "ben"] };
  const session = openSession({ roster, script, params, cast, nonce: new Uint8Array(16) });
  const ledger = new MemoryLedger(roster);
  const sign: Play["sign"] = (at, { iteration = 0, parents, ...write }) => {
    const device = devices[at];
    if (device === undefined) throw new TypeError("a device that is none");
    const place = {
      nonce: ledger.nextNonce(device.id, session.id),
      parents: parents ?? ledger.heads(session.id),
    };
    const about = { version: 1, account: roster.account, session: session.id, epoch: 0 } as const;
    const authorization = { kind: "device" } as const;
    const body = { ...about, ...write, ...place, iteration, author: device.id, authorization };
    ledger.append(signEvent(body, device.signing.secretKey).bytes);
  };
  return { ledger, session, scripts, sign };
}
