/** What a wait for many costs: the same for each new event, be it the tenth or the ten thousandth. */
import { afterEach, expect, it, vi } from "vitest";
import { accepted, epochs } from "../../dsl/index.ts";
import { sha256 } from "../../runtime/crypto/hash.ts";
import { Collector } from "../../runtime/collector.ts";
import { EndRecords } from "../../runtime/outcome/end-records.ts";
import { MemoryLedger, toHex, virtualClock } from "../../runtime/index.ts";
import type { EventFilter, Session, SignedEvent } from "../../runtime/index.ts";
import { SessionIndex } from "../../runtime/ledger/session-index.ts";
import { SessionMonitor } from "../../runtime/monitor/monitor.ts";
import { CausalPast } from "../../runtime/past.ts";
import { validatePayload } from "../../runtime/payload.ts";
import { waitForQuorum } from "../../runtime/wait.ts";
import { forge } from "./forge.ts";
import { Said, Shouted, gather, scriptOf, sessionOf } from "./scripts.ts";
import { makeDevice, stageOf } from "./stage.ts";

const { roster } = stageOf(2);
const script = scriptOf("leader", gather("Votes", "crowd", 1));
const scripts = { leader: script };
const two = sessionOf(roster, { leader: "alice", crowd: ["bob"] });
const template = forge(makeDevice("alice"), two, "Votes", Said, { text: "yes" });

/**
 * The index and the topics of a real ledger without its doorkeeper: no account has ten thousand
 * devices, and signatures are not what is counted. It counts what it is asked, by events looked at.
 */
class OpenHouse extends MemoryLedger {
  work = 0;
  readonly #events = new SessionIndex();
  readonly #byHash = new Map<string, SignedEvent>();

  take(event: SignedEvent): void {
    this.#byHash.set(event.hash, event);
    this.#events.add(event);
    this.publish(event);
  }

  override get(hash: string): SignedEvent | undefined {
    this.work += 1;
    return this.#byHash.get(hash);
  }

  override events(filter: EventFilter): readonly SignedEvent[] {
    const { step, iteration, authors = [] } = filter;
    const events = this.#events.candidates(filter).filter((event) => {
      if (iteration !== undefined && event.iteration !== iteration) return false;
      if (authors.length > 0 && !authors.includes(event.author)) return false;
      return step === undefined || event.step === step;
    });
    this.work += 1 + events.length;
    return this.#events.ordered(events.filter(({ type }) => (filter.type ?? type) === type));
  }

  override ordered(_: string, events: readonly SignedEvent[]): readonly SignedEvent[] {
    this.work += events.length;
    return this.#events.ordered(events);
  }

  override heads(): readonly string[] {
    return this.#events.heads();
  }

  override equivocation(slot: SignedEvent): readonly string[] {
    this.work += 1;
    return this.#events.equivocation(slot);
  }
}

/** Elements that arrays were sorted, filtered, mapped and searched by, whoever did it. */
function countingArrays(): () => number {
  let elements = 0;
  for (const name of ["sort", "toSorted", "filter", "map", "flatMap", "some"] as const) {
    const original = Array.prototype[name] as (...args: unknown[]) => unknown;
    vi.spyOn(Array.prototype, name).mockImplementation(function (
      this: unknown[],
      ...args: unknown[]
    ) {
      elements += this.length;
      return Reflect.apply(original, this, args);
    } as never);
  }
  return () => elements;
}

afterEach(() => void vi.restoreAllMocks());

interface Waiting {
  readonly ledger: OpenHouse;
  readonly session: Session;
  readonly asked: () => number;
  readonly done: Promise<unknown>;
  readonly close: () => void;
}

/** A device waits for `count` of the crowd. */
function waiting(crowd: readonly string[], count: number): Waiting {
  const session = { ...two, cast: { leader: "alice", crowd } };
  const ledger = new OpenHouse(roster);
  const past = new CausalPast(ledger);
  const monitor = new SessionMonitor({ session, scripts, get: (hash) => ledger.get(hash) });
  let asked = 0;
  const collector = new Collector({
    ...{ ledger, past, monitor, session: session.id, step: "Votes", iteration: 0, event: Said },
    authors: crowd,
    read: (payload) => validatePayload(Said, payload),
    judge: () => {
      asked += 1;
      return accepted;
    },
  });
  const device = makeDevice("alice");
  const endRecords = new EndRecords({ ledger, session, script, device, monitor, past });
  const done = waitForQuorum({
    ...{ ledger, sessions: [session.id], time: virtualClock(), members: crowd, collector, count },
    place: {},
    aborts: (except = []) => endRecords.aborts({ by: [], decided: false }, except),
    deadline: epochs(10),
    onWaiting: () => undefined,
    isOptional: false,
    divided: () => undefined,
  });
  const close = () => {
    collector.close();
    endRecords.close();
    past.close();
  };
  return { ledger, session, asked: () => asked, done, close };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

const namesOf = (size: number) => Array.from({ length: size }, (_, at) => `d${at}`);

/** What one event costs, where `size` come one after the other and the wait looks at each. */
async function costOf(
  { ledger, done, close }: Waiting,
  events: readonly SignedEvent[],
): Promise<number> {
  await turn();
  const elements = countingArrays();
  ledger.work = 0;
  // The last is not counted: the wait may end with it, and sorts.
  for (const event of events.slice(0, -1)) {
    ledger.take(event);
    await turn();
  }
  const work = ledger.work + elements();
  vi.restoreAllMocks();
  expect(await Promise.race([done.then(String), turn().then(() => "waits")])).toBe("waits");
  for (const event of events.slice(-1)) ledger.take(event);
  await Promise.race([done, turn()]);
  close();
  return work / (events.length - 1);
}

/** An event of the session that nobody signs. */
function eventOf({ session }: Waiting, step: string, fields: Partial<SignedEvent>): SignedEvent {
  const said = JSON.stringify([step, fields]);
  const hash = toHex(sha256(new TextEncoder().encode(said)));
  return { ...template, session: session.id, step, ...fields, hash };
}

/** Each member votes. */
async function votes(size: number): Promise<number> {
  const crowd = namesOf(size);
  const wait = waiting(crowd, size);
  const events = crowd.map((author) =>
    eventOf(wait, "Votes", { payload: { text: author }, author }),
  );
  const cost = await costOf(wait, events);
  expect(wait.asked()).toBe(size);
  expect(await wait.done).toHaveLength(size);
  return cost;
}

/** Few votes are here, and the session goes on elsewhere. */
async function elsewhere(size: number): Promise<number> {
  const wait = waiting(namesOf(3), 3);
  const events = namesOf(size).map((author, nonce) =>
    eventOf(wait, `Step${nonce}`, { payload: { text: author }, author }),
  );
  return costOf(wait, events);
}

/** One member votes again and again, and says the same. */
async function again(size: number): Promise<number> {
  const wait = waiting(namesOf(2), 2);
  const events = namesOf(size).map((_, epoch) => eventOf(wait, "Votes", { author: "d0", epoch }));
  return costOf(wait, events);
}

/** Members say what is refused, and enough others may still come. */
async function refused(size: number): Promise<number> {
  const wait = waiting([...namesOf(size), "eve"], 1);
  const events = namesOf(size).map((author) =>
    eventOf(wait, "Votes", { type: Shouted.name, payload: { text: author }, author }),
  );
  return costOf(wait, events);
}

/** Members whose contribution was refused write another. */
async function twofold(size: number): Promise<number> {
  const wait = waiting([...namesOf(size), "eve"], 1);
  for (const author of namesOf(size)) {
    wait.ledger.take(eventOf(wait, "Votes", { type: Shouted.name, author }));
  }
  const events = namesOf(size).map((author) => eventOf(wait, "Votes", { author }));
  return costOf(wait, events);
}

/** Members vote on top of what nobody has. */
async function upInTheAir(size: number): Promise<number> {
  const wait = waiting(namesOf(size), 2);
  const parents = ["ab".repeat(32)];
  const events = namesOf(size).map((author) =>
    eventOf(wait, "Votes", { payload: { text: author }, author, parents }),
  );
  const cost = await costOf(wait, events);
  expect(wait.asked()).toBe(0);
  return cost;
}

it.each([
  ["a contribution", votes],
  ["an event of another step", elsewhere],
  ["a contribution that says the same again", again],
  ["a contribution that is refused", refused],
  ["a second content of a contribution", twofold],
  ["a contribution with a gap in its past", upInTheAir],
])("%s costs the same among 100 and among 10 000", async (_, cost) => {
  const [few, many] = [await cost(100), await cost(10_000)];
  console.info(`work for one event: ${few} among 100, ${many} among 10 000`);
  expect(few).toBeGreaterThan(0);
  expect(many).toBeLessThan(1.2 * few);
});
