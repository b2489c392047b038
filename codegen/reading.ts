/** What the readers of steps share. */
import type { CallExpression } from "ts-morph";
import { ProtocolError } from "../dsl/index.ts";
import type { GlobalStep, Place } from "../dsl/index.ts";
import type { Language } from "./language.ts";
import type { SourceCode } from "./source.ts";

/** One choreography while it is read. */
export interface Reading {
  readonly language: Language;
  /** Gets everything that cannot be read, so that one run names all of it. */
  readonly refused: ProtocolError[];
  /** Gets the place of each step's label and of each branch's. */
  readonly places: Map<object, Place>;
  /** Reads the steps of a chain inside a step. */
  readSteps(calls: readonly CallExpression[]): readonly GlobalStep<SourceCode>[];
}

/** What `read` gives; `undefined` where it refuses, and its refusal is added to `refused`. */
export function attempt<T>(refused: ProtocolError[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    refused.push(error);
    return undefined;
  }
}
