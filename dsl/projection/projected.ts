/** A role's instructions by value, as `project` makes them; the fields of `Code` are the author's own. */

/** A list of instructions; one that does not end in a jump or an end falls through. */
export type ProjectedBody<Code> = readonly ProjectedNode<Code>[];

interface Awaiting<Code> {
  readonly label: string;
  readonly from: string;
  readonly event: Code;
  readonly within: Code;
  readonly sealed?: true;
  /** The event is for this device alone: each member of the family gets its own. */
  readonly addressed?: true;
  readonly onTimeout?: "absent";
  readonly accept?: Code;
}

export interface ProjectedWrite<Code> {
  readonly instruction: "WriteToLedger";
  readonly label: string;
  readonly event: Code;
  readonly payload: Code;
  readonly sealedTo?: string;
  /** The family whose members each get an event of their own. */
  readonly toEach?: string;
}

export interface ProjectedAwait<Code> extends Awaiting<Code> {
  readonly instruction: "AwaitEvent";
}

export interface ProjectedThreshold<Code> extends Awaiting<Code> {
  readonly instruction: "AwaitThreshold";
  readonly atLeast: number | string;
}

/** Internal choice: this role decides, or every role does alike. */
export interface ProjectedSelect<Code> {
  readonly instruction: "Branch";
  readonly label: string;
  readonly decide: Code;
  readonly branches: Readonly<Record<string, ProjectedBody<Code>>>;
}

/** External choice: the branch whose first event comes from role `from`. */
export interface ProjectedOffer<Code> {
  readonly instruction: "Branch";
  readonly label: string;
  readonly from: string;
  readonly branches: Readonly<Record<string, ProjectedBody<Code>>>;
}

export interface ProjectedLoop<Code> {
  readonly instruction: "Loop";
  readonly label: string;
  readonly atMost: number | string;
  readonly steps: ProjectedBody<Code>;
}

export interface ProjectedFork<Code> {
  readonly instruction: "Fork";
  readonly label: string;
  readonly blocks: Readonly<Record<string, ProjectedBody<Code>>>;
}

export interface ProjectedCall<Code> {
  readonly instruction: "RunSubProtocol";
  readonly label: string;
  /** The nested choreography, and the role of it that this role plays. */
  readonly choreography: Code;
  readonly as: string;
  readonly cast: Readonly<Record<string, string>>;
  readonly params: Code;
  /** The callee's role families: one that a single device plays here is a family of one. */
  readonly families?: readonly string[];
  readonly onAbort?: "absent";
}

/** One instruction of a role. */
export type ProjectedNode<Code> =
  | ProjectedWrite<Code>
  | ProjectedAwait<Code>
  | ProjectedThreshold<Code>
  | { readonly instruction: "Compute"; readonly label: string; readonly action: Code }
  | { readonly instruction: "WaitEpochs"; readonly label: string; readonly epochs: Code }
  | {
      readonly instruction: "CheckForEvent";
      readonly label: string;
      readonly of: string;
      readonly from: string;
      readonly event: Code;
      /** The earlier step was a collect: the value is the contributions so far. */
      readonly collected?: true;
    }
  | ProjectedSelect<Code>
  | ProjectedOffer<Code>
  | ProjectedLoop<Code>
  | { readonly instruction: "Again"; readonly label: string }
  | ProjectedFork<Code>
  | ProjectedCall<Code>
  | { readonly instruction: "Abort"; readonly label: "abort"; readonly reason: string }
  | {
      readonly instruction: "AwaitAbort";
      readonly label: "abort";
      readonly from: string;
      readonly within: Code;
    }
  | { readonly instruction: "Return"; readonly label?: string };
