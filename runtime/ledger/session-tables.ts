/** The events of one session by step, type and slot, and which follows which. */

import { getOrMake } from "../get-or-make.ts";
import { CausalGraph } from "./causal-graph.ts";
import type { SignedEvent } from "./envelope.ts";
import type { EventFilter } from "./filter.ts";
import { Slots } from "./slots.ts";

type Events = readonly SignedEvent[];

export class SessionTables {
  readonly #steps = new Map<string, Map<number, SignedEvent[]>>();
  readonly #types = new Map<string, SignedEvent[]>();
  readonly slots = new Slots();
  readonly graph = new CausalGraph();

  constructor(events: Events) {
    for (const event of events) this.add(event);
  }

  add(event: SignedEvent): void {
    const { iteration, step, type } = event;
    const iterations = getOrMake(this.#steps, step, () => new Map<number, SignedEvent[]>());
    getOrMake(iterations, iteration, () => []).push(event);
    getOrMake(this.#types, type, () => []).push(event);
    this.slots.add(event);
    this.graph.add(event);
  }

  remove(event: SignedEvent): void {
    const { iteration, step, type } = event;
    const iterations = this.#steps.get(step);
    const turn = iterations?.get(iteration) ?? [];
    const sameType = this.#types.get(type) ?? [];
    for (const list of [turn, sameType]) list.splice(list.indexOf(event), 1);
    if (turn.length === 0) iterations?.delete(iteration);
    if (iterations?.size === 0) this.#steps.delete(step);
    if (sameType.length === 0) this.#types.delete(type);
    this.slots.remove(event, turn);
    this.graph.remove(event);
  }

  /** In lists that have all that the filter's step and iteration let pass; nothing where it has none. */
  atStep({ step, iteration }: EventFilter): readonly Events[] | undefined {
    if (step === undefined) return undefined;
    const iterations = this.#steps.get(step);
    if (iteration === undefined) return [...(iterations?.values() ?? [])];
    return [iterations?.get(iteration) ?? []];
  }

  /** The same, for the filter's types. */
  ofTypes({ type }: EventFilter): readonly Events[] | undefined {
    if (type === undefined) return undefined;
    const types = typeof type === "string" ? [type] : [...new Set(type)];
    return types.map((each) => this.#types.get(each) ?? []);
  }
}
