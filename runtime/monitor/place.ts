/**
 * Where a role may stand after what it has written: the states that the interpreter can be in. The
 * interpreter itself is asked, so that the monitor and the runtime cannot disagree on a script.
 */
import type { ScriptBody } from "../../dsl/index.ts";
import { nodeOf } from "../frames.ts";
import type { Instruction, InstructionResult, InterpreterState, Step } from "../instruction.ts";
import { proceed } from "../interpreter.ts";

export type Place = Single | Forked;

/** One list of nodes. */
interface Single {
  readonly kind: "single";
  readonly step: Step;
  /** Its own clock shows this epoch at least. */
  readonly since: number;
  /** What it cannot have passed, where the search lets it pass. */
  readonly passed?: Passed;
}

/** Blocks side by side: they share no label, so each has its own places. */
interface Forked {
  readonly kind: "forked";
  readonly step: Step;
  readonly since: number;
  readonly passed?: Passed;
  readonly blocks: readonly (readonly Place[])[];
}

type AwaitInstruction = Extract<
  Instruction,
  { readonly kind: "AwaitEvent" | "AwaitThreshold" | "AwaitBranch" }
>;

export type WriteInstruction = Extract<Instruction, { readonly kind: "WriteToLedger" }>;

/** The first thing that keeps a role from a place. */
export type Passed = AwaitInstruction | WriteInstruction;

/** What a search may go by. */
export interface World {
  /** The branches that can be taken, or that none can be. */
  readonly branches: (
    offer: Extract<Instruction, { readonly kind: "AwaitBranch" }>,
  ) => readonly string[];
  /** Whether enough is seen for the wait to end; "late" if only its deadline can have ended it. */
  readonly awaited: (
    wait: Exclude<AwaitInstruction, { readonly kind: "AwaitBranch" }>,
  ) => "met" | "hopeless" | "late" | "missing";
  /** The search goes past this instruction, which the role cannot. */
  readonly passes: (instruction: Passed) => boolean;
}

export interface Reached {
  readonly places: readonly Place[];
  /** There are more places than were looked at. */
  readonly isCut: boolean;
}

/** Most steps of the interpreter in one search for what is right. */
const MAX_STEPS = 2000;

export function placeOf(step: Step, since: number, passed?: Passed): Place {
  const more = passed === undefined ? {} : { passed };
  if (step.instruction.kind !== "Fork") return { kind: "single", step, since, ...more };
  const blocks = step.instruction.blocks.map((block) => [placeOf(block, since, passed)]);
  return { kind: "forked", step, since, ...more, blocks };
}

/**
 * The places that a role can come to without writing, those that it comes from among them.
 *
 * @param most steps of the interpreter after which the search is cut
 */
export function reach(from: readonly Place[], world: World, most = MAX_STEPS): Reached {
  const search = new Search(world, most);
  return { places: search.reach(from), isCut: search.isCut };
}

class Search {
  readonly #world: World;
  #left: number;

  constructor(world: World, most: number) {
    this.#world = world;
    this.#left = most;
  }

  get isCut(): boolean {
    return this.#left < 0;
  }

  reach(from: readonly Place[]): readonly Place[] {
    const best = new Map<string, Place>();
    const open = [...from];
    for (let at = open.pop(); at !== undefined && this.#left >= 0; at = open.pop()) {
      const place = at.kind === "forked" ? this.#within(at) : at;
      const key = keyOf(place);
      const known = best.get(key);
      if (known !== undefined && known.since <= place.since) continue;
      best.set(key, place);
      open.push(...(place.kind === "forked" ? this.#joined(place) : this.#next(place)));
    }
    return [...best.values()];
  }

  #within(place: Forked): Forked {
    return { ...place, blocks: place.blocks.map((block) => this.reach(block)) };
  }

  /** After the fork, once each block can have ended. */
  #joined({ step, since, passed, blocks }: Forked): readonly Place[] {
    let ways: readonly Joining[] = [{ states: [], since, ...(passed && { passed }) }];
    for (const block of blocks) {
      const ends = block.flatMap((end) =>
        end.kind === "single" && end.step.instruction.kind === "EndOfBlock" ? [end] : [],
      );
      ways = ways.flatMap((way) => ends.map((end) => joinedWith(way, end)));
      this.#left -= ways.length;
      if (this.#left < 0) return [];
    }
    return ways.flatMap(({ states, ...way }) =>
      this.#answer({ kind: "single", step, ...way }, { kind: "Joined", blocks: states }),
    );
  }

  #next(place: Single): readonly Place[] {
    const { instruction, state } = place.step;
    switch (instruction.kind) {
      case "Compute": {
        const node = nodeOf(state.frames);
        const values = node?.instruction === "Branch" ? Object.keys(node.branches) : [undefined];
        return values.flatMap((value) => this.#answer(place, { kind: "Computed", value }));
      }
      case "GetLedgerState": {
        const snapshot = { epoch: 0, nonce: 0, heads: [] };
        return this.#answer(place, { kind: "LedgerState", state: snapshot });
      }
      case "GetCurrentEpoch":
        return this.#answer(place, { kind: "CurrentEpoch", epoch: 0 });
      case "WaitEpochs": {
        const since = place.since + instruction.epochs;
        return this.#answer({ ...place, since }, { kind: "Acknowledged" });
      }
      case "CheckForEvent":
        return this.#answer(place, nothingFor(instruction.collected === true));
      case "RunSubProtocol":
        return this.#answer(place, { kind: "SubProtocol", result: undefined });
      case "AwaitEvent":
      case "AwaitThreshold":
        return this.#await(place, instruction);
      case "AwaitBranch":
        return this.#offer(place, instruction);
      case "WriteToLedger":
        if (!this.#world.passes(instruction)) return [];
        return this.#answer(barred(place, instruction), { kind: "Written", payload: undefined });
      case "AwaitAbort":
      case "Fork":
      case "EndOfBlock":
      case "Return":
      case "Abort":
        return [];
    }
  }

  #await(
    place: Single,
    wait: Extract<AwaitInstruction, { readonly kind: "AwaitEvent" | "AwaitThreshold" }>,
  ): readonly Place[] {
    const answer: InstructionResult =
      wait.kind === "AwaitThreshold" ? { kind: "CollectedEvents", events: [] } : something;
    switch (this.#world.awaited(wait)) {
      case "met":
      case "hopeless":
        return this.#answer(place, answer);
      case "late":
        return this.#answer({ ...place, since: place.since + wait.within }, answer);
      case "missing":
        return this.#world.passes(wait) ? this.#answer(barred(place, wait), answer) : [];
    }
  }

  #offer(
    place: Single,
    offer: Extract<AwaitInstruction, { readonly kind: "AwaitBranch" }>,
  ): readonly Place[] {
    const open = this.#world.branches(offer);
    const all = [...new Set(offer.alternatives.map(({ branch }) => branch))];
    const ways = this.#world.passes(offer) ? all : open;
    return ways.flatMap((branch) => {
      const from = open.includes(branch) ? place : barred(place, offer);
      return this.#answer(from, { kind: "Chosen", branch });
    });
  }

  #answer({ step, since, passed }: Single, result: InstructionResult): readonly Place[] {
    this.#left -= 1;
    return [placeOf(proceed(step.state, result), since, passed)];
  }
}

/** The role has written what it comes to, at this epoch: the places after it. */
export function written(
  places: readonly Place[],
  isIt: (instruction: WriteInstruction, since: number) => boolean,
  epoch: number,
): readonly Place[] {
  return places.flatMap((place): readonly Place[] => {
    const { step, since, passed } = place;
    if (place.kind === "forked") {
      return place.blocks.flatMap((block, index) => {
        const after = written(block, isIt, epoch);
        if (after.length === 0) return [];
        const first = after.find((each) => each.passed !== undefined)?.passed ?? passed;
        const isFree = after.some((each) => each.passed === undefined);
        return [
          {
            ...place,
            ...(!isFree && first && { passed: first }),
            blocks: place.blocks.with(index, after),
          },
        ];
      });
    }
    const { instruction, state } = step;
    if (instruction.kind !== "WriteToLedger" || !isIt(instruction, since)) return [];
    return [placeOf(proceed(state, { kind: "Written", payload: undefined }), epoch, passed)];
  });
}

interface Joining {
  readonly states: readonly InterpreterState[];
  readonly since: number;
  readonly passed?: Passed;
}

function joinedWith(way: Joining, end: Single): Joining {
  const passed = way.passed ?? end.passed;
  return {
    states: [...way.states, end.step.state],
    since: Math.max(way.since, end.since),
    ...(passed && { passed }),
  };
}

/** The first obstacle is the one to tell of. */
function barred(place: Single, by: Passed): Single {
  return { ...place, passed: place.passed ?? by };
}

const something: InstructionResult = {
  kind: "Event",
  event: { author: "", payload: undefined, hash: "" },
};

function nothingFor(isCollected: boolean): InstructionResult {
  return isCollected
    ? { kind: "CollectedEvents", events: [] }
    : { kind: "Event", event: undefined };
}

// A list of nodes has no name; two branches with lists of one length must not be mistaken.
const names = new WeakMap<ScriptBody, number>();
let named = 0;

function nameOf(body: ScriptBody): number {
  const name = names.get(body) ?? (named += 1);
  names.set(body, name);
  return name;
}

function keyOf({ step: { state, instruction }, ...place }: Place): string {
  const frames = state.frames.map(({ body, index, loop }) =>
    [nameOf(body), index, loop?.turn ?? ""].join(":"),
  );
  const performed = Object.entries(state.performed).map(([label, count]) => `${label}:${count}`);
  const blocks =
    place.kind === "forked"
      ? place.blocks.map((block) => `[${block.map(keyOf).sort().join(" ")}]`)
      : [];
  const isBarred = place.passed === undefined ? "" : "barred";
  return [...frames, instruction.kind, state.sent, ...performed.sort(), ...blocks, isBarred].join(
    " ",
  );
}
