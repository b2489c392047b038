/** One law put to one implementation: ledgers to try it on, and words for what went wrong. */
import { ProtocolError } from "../../dsl/errors.ts";
import { toHex } from "../crypto/hash.ts";
import type { SignedEvent } from "../ledger/envelope.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { AccountRoster } from "../ledger/roster.ts";
import { ROSTER } from "./cast.ts";
import { type Random, randomOf } from "./random.ts";

export interface LedgerConformanceOptions {
  /** A new and empty ledger of the account of this roster. */
  readonly open: (roster: AccountRoster) => Ledger | Promise<Ledger>;
  /** Decides all that is random. */
  readonly seed: string | number;
}

/** What every ledger does. */
export interface Law {
  readonly name: string;
  readonly run: (trial: Trial) => Promise<void>;
}

/** Tells the suite's own verdict from an error of the ledger. */
class NonConformance extends ProtocolError {}

const MOST_SHOWN = 300;
const SHOWN_BEFORE = 80;

export class Trial {
  readonly #options: LedgerConformanceOptions;
  readonly #law: string;
  #run = "";

  constructor(options: LedgerConformanceOptions, law: string) {
    this.#options = options;
    this.#law = law;
  }

  /** A ledger that was offered these, in this order. */
  async ledger(events: readonly (SignedEvent | Uint8Array)[] = []): Promise<Ledger> {
    const ledger = await this.#options.open(ROSTER);
    for (const event of events) ledger.append(event instanceof Uint8Array ? event : event.bytes);
    return ledger;
  }

  /** Tries something with different choices; those of later runs may be larger. */
  async runs(
    count: number,
    one: (random: Random, size: { readonly of: (most: number) => number }) => Promise<void>,
  ): Promise<void> {
    for (let run = 1; run <= count; run++) {
      this.#run = ` (run ${run} of ${count})`;
      const size = { of: (most: number) => Math.max(1, Math.floor((most * run) / count)) };
      await one(randomOf(this.#options.seed, this.#law, String(run)), size);
    }
    this.#run = "";
  }

  /** @throws ProtocolError `InvalidInput` where the answer to what was asked is another */
  same(asked: string, got: unknown, expected: unknown): void {
    const [ours, theirs] = [show(expected), show(got)];
    if (ours === theirs) return;
    let at = 0;
    while (at < ours.length && ours[at] === theirs[at]) at++;
    const start = Math.max(0, at - SHOWN_BEFORE);
    throw this.broken(`${asked}: expected ${excerpt(ours, start)}, got ${excerpt(theirs, start)}`);
  }

  /** Names the answers that differ, and shows the first. */
  sameView(what: string, got: View, expected: View): void {
    for (const [asked, answer] of Object.entries(expected)) {
      this.same(`${what}, ${asked}`, got[asked], answer);
    }
  }

  broken(what: string, cause?: unknown): ProtocolError {
    return new NonConformance({
      code: "InvalidInput",
      what: `this is no ledger, since "${this.#law}" does not hold${this.#run}: ${what}`,
      todo: `mend the ledger, then run this law again with the seed ${this.#options.seed}`,
      ...(cause === undefined ? {} : { cause }),
    });
  }

  /** Puts the law; an error of the ledger is a breach too. */
  async put(law: Law): Promise<void> {
    try {
      await law.run(this);
    } catch (error) {
      if (error instanceof NonConformance) throw error;
      const said = error instanceof Error ? error.message : String(error);
      throw this.broken(`expected an answer, got the error "${said}"`, error);
    }
  }
}

/** Questions and their answers. */
export type View = Readonly<Record<string, unknown>>;

/** One text for equal values, whatever the order of their keys. */
function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value instanceof Uint8Array) return `h'${toHex(value)}'`;
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${entries
    .map(([key, each]) => `${key}: ${show(each)}`)
    .toSorted()
    .join(", ")}}`;
}

function excerpt(text: string, start: number): string {
  const part = text.slice(start, start + MOST_SHOWN);
  return `${start > 0 ? "…" : ""}${part}${start + MOST_SHOWN < text.length ? "…" : ""}`;
}
