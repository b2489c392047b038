/**
 * Where the tests of the runtime play: devices with their ledgers on one virtual clock. Nothing is
 * left to chance: all randomness comes from names, and time passes when all who run are asleep.
 */
import { ProtocolError } from "../../dsl/index.ts";
import type { Script } from "../../dsl/index.ts";
import { seededEntropy } from "../../runtime/crypto/entropy.ts";
import {
  MemoryLedger,
  accountRoster,
  deviceOf,
  drawDeviceSecrets,
  publicSide,
  runScript,
  virtualClock,
} from "../../runtime/index.ts";
import type {
  AccountRoster,
  Device,
  Ledger,
  Notice,
  Outcome,
  ScriptsByRole,
  Session,
  TimeSource,
} from "../../runtime/index.ts";

export const deviceNames = ["alice", "bob", "carol", "dave", "erin"] as const;

/** How a role ended: a test that expects the one gets the other in its failure message. */
export type Ending = Outcome | ProtocolError;

interface Part {
  readonly script: Script;
  /** The scripts of all roles; where not given, the role's own is all that is known. */
  readonly scripts?: ScriptsByRole;
  readonly session: Session;
  /** Device id of the player. */
  readonly device: string;
  readonly inputs?: unknown;
  /** The device's own ledger where not given. */
  readonly ledger?: Ledger;
}

export interface Stage {
  readonly devices: readonly Device[];
  readonly roster: AccountRoster;
  readonly clock: ReturnType<typeof virtualClock>;
  /** Everything that the players told their observers, in order. */
  readonly notices: readonly Notice[];
  readonly device: (id: string) => Device;
  /** The ledger of a device: one for all, or one each. */
  readonly ledger: (id: string) => MemoryLedger;
  /** Starts a role. How it ends is the promise's value, whether well or not. */
  readonly play: (part: Part) => Promise<Ending>;
  /** Lets everyone run until each has ended or sleeps. */
  readonly settle: () => Promise<void>;
  /** How many have neither ended nor failed. */
  readonly running: () => number;
}

/**
 * The first `size` devices, in an account of their own.
 *
 * @param ledgers one perfect ledger for all, or one a device that others must deliver to
 */
export function stageOf(size: number, ledgers: "shared" | "own" = "shared"): Stage {
  const devices = deviceNames.slice(0, size).map(makeDevice);
  const roster = makeRoster(size);
  const shared = new MemoryLedger(roster);
  const each = new Map(
    devices.map(({ id }) => [id, ledgers === "shared" ? shared : new MemoryLedger(roster)]),
  );
  const clock = virtualClock();
  const { time, sleepers } = countSleepers(clock);
  const notices: Notice[] = [];
  let running = 0;
  const device = (id: string) => found(devices.find((candidate) => candidate.id === id));
  const ledger = (id: string) => found(each.get(id));
  const play = async (part: Part): Promise<Ending> => {
    running += 1;
    const { script, scripts, session, inputs, device: id } = part;
    const known = scripts === undefined ? {} : { scripts };
    const observe = (notice: Notice) => void notices.push(notice);
    const world = { device: device(id), ledger: part.ledger ?? ledger(id), time, observe };
    try {
      return await runScript({ ...world, ...known, script, session, inputs });
    } catch (error) {
      if (error instanceof ProtocolError) return error;
      throw error;
    } finally {
      running -= 1;
    }
  };
  const settle = async (): Promise<void> => {
    // A role that has forked sleeps more than once: all are asleep when that lasts.
    for (let turn = 0, asleep = 0; asleep < 10; turn += 1) {
      if (turn === 100_000) throw new Error("the players neither sleep nor end");
      await new Promise((resolve) => setImmediate(resolve));
      asleep = sleepers() < running ? 0 : asleep + 1;
    }
  };
  return { devices, roster, clock, notices, device, ledger, play, settle, running: () => running };
}

/** Lets time pass whenever all sleep, until all have ended. */
export async function untilOver(stage: Stage): Promise<void> {
  for (await stage.settle(); stage.running() > 0; await stage.settle()) {
    if (!stage.clock.jump()) throw new Error("somebody waits, and for nothing");
  }
}

/** Lets `epochs` pass, one by one, with everyone running in between. */
export async function pass(stage: Stage, epochs: number): Promise<void> {
  await stage.settle();
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    stage.clock.advance(1);
    await stage.settle();
  }
}

/** The outcome of a role that must have ended well. */
export function outcomeOf(ending: Ending | undefined): Outcome {
  if (ending === undefined || ending instanceof ProtocolError) throw ending ?? new Error("nobody");
  return ending;
}

/** The error of a role that must have failed. */
export function errorOf(ending: Ending | undefined): ProtocolError {
  if (ending instanceof ProtocolError) return ending;
  throw new Error("the role did not fail");
}

// Keys are slow to make and to check, and the same in every test.
const made = new Map<string, Device>();
const rosters = new Map<number, AccountRoster>();

function makeRoster(size: number): AccountRoster {
  const devices = deviceNames.slice(0, size).map(makeDevice);
  const roster = rosters.get(size) ?? accountRoster(devices.map(publicSide));
  rosters.set(size, roster);
  return roster;
}

export function makeDevice(id: string): Device {
  const device = made.get(id) ?? deviceOf(id, drawDeviceSecrets(seededEntropy("stage", id)));
  made.set(id, device);
  return device;
}

/** A waiting role has a timer, one for each wait. */
function countSleepers(clock: TimeSource): { time: TimeSource; sleepers: () => number } {
  let sleepers = 0;
  const at: TimeSource["at"] = (epoch, callback, order) => {
    let sleeps = true;
    sleepers += 1;
    const awake = () => {
      if (sleeps) sleepers -= 1;
      sleeps = false;
    };
    const fire = () => {
      awake();
      callback();
    };
    const cancel = clock.at(epoch, fire, order);
    return () => {
      awake();
      cancel();
    };
  };
  return { time: { epoch: () => clock.epoch(), at }, sleepers: () => sleepers };
}

export function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the test looks for something that is not there");
  return value;
}
