/** A chain after a mistake. */
import type { Choreography } from "../choreography-type.ts";
import type { HeadType } from "../head.ts";
import type { Nil } from "../notation/notation.ts";

/** Any step, after one that was refused. */
interface HaltedOptions {
  readonly [option: string]: unknown;
  readonly payload?: (context: never) => unknown;
  readonly action?: (context: never) => unknown;
  readonly accept?: (payload: never, context: never) => unknown;
  readonly decide?: (context: never) => unknown;
  readonly params?: unknown;
  readonly branches?: HaltedParts;
}

interface HaltedParts {
  readonly [label: string]: (chain: Halted) => unknown;
}

/** A chain after a step out of order, which was refused on its line: it takes any step. */
export interface Halted {
  readonly "~halted": true;
  broadcast(label: string, options: HaltedOptions): Halted;
  send(label: string, options: HaltedOptions): Halted;
  collect(label: string, options: HaltedOptions): Halted;
  distribute(label: string, options: HaltedOptions): Halted;
  local(label: string, options: HaltedOptions): Halted;
  wait(label: string, options: HaltedOptions): Halted;
  check(label: string, options: HaltedOptions): Halted;
  choice(label: string, options: HaltedOptions): Halted;
  rec(label: string, options: HaltedOptions, body: (chain: Halted) => unknown): Halted;
  again(label: string): Halted;
  parallel(label: string, blocks: HaltedParts): Halted;
  call(label: string, options: HaltedOptions): Halted;
  acquire(label: string, options: HaltedOptions): Halted;
  release(label: string, options: HaltedOptions): Halted;
  abort(label: string, options: HaltedOptions): Halted;
  returns(label: string): Choreography<HeadType, unknown, Nil, unknown, never>;
}
