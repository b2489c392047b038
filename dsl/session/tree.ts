/** What a session expects, as a tree. */
import type { Pins } from "./pins.ts";

/** One step that a session expects, with what its long form says. */
export interface SessionStep extends Pins {
  readonly kind: "step";
  readonly label: string;
  /** Whether every member of a family takes it. */
  readonly star: boolean;
  /** Whether it may be missing. */
  readonly optional: boolean;
  /** The event of the long form `Label(Event)`. */
  readonly event?: string;
}

/** A branch of a choice or a block of a parallel, named by its first label. */
export interface SessionBranch {
  readonly label: string;
  readonly items: SessionTree;
}

export interface SessionChoice {
  readonly kind: "choice";
  readonly label: string;
  readonly branches: readonly SessionBranch[];
}

export interface SessionRec {
  readonly kind: "rec";
  readonly label: string;
  readonly items: SessionTree;
}

export interface SessionAgain {
  readonly kind: "again";
  readonly label: string;
}

export interface SessionParallel {
  readonly kind: "parallel";
  readonly label: string;
  readonly blocks: readonly SessionBranch[];
}

export interface SessionAbort {
  readonly kind: "abort";
  readonly label: "abort";
  /** The role of the long form `abort{role}`. */
  readonly role?: string;
}

export type SessionItem =
  | SessionStep
  | SessionChoice
  | SessionRec
  | SessionAgain
  | SessionParallel
  | SessionAbort;

/** What a session expects, in order. */
export type SessionTree = readonly SessionItem[];
