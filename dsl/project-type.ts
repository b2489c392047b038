/**
 * Projection: what one role does of a global type, G↾r (Honda, Yoshida, Carbone, "Multiparty
 * asynchronous session types", POPL 2008, §4.2). `Project` computes it in the type system and
 * `project` by value; both treat their cases in the same order, and a generated script, made by
 * the second, must satisfy the first.
 */
import type { ChoreographyType } from "./choreography.ts";
import type { ActionContext, CommonContext } from "./context.ts";
import type { AnyEvent, PayloadOf } from "./event.ts";
import type { HeadType } from "./head.ts";
import type {
  Accept,
  AwaitNode,
  Checking,
  ComputeNode,
  Done,
  LocalType,
  NotChecking,
  NotOpening,
  NotSealing,
  Opening,
  ReturnNode,
  SealingTo,
  Then,
  ThresholdNode,
  WaitNode,
  WriteNode,
} from "./local.ts";
import type { Snoc } from "./notation.ts";
import type { BroadcastStep, CollectStep, LocalStep, SendStep, WaitStep } from "./steps.ts";
import type { Everyone } from "./role.ts";
import type { Epochs } from "./time.ts";

/** What role `Role` does in choreography `G`. */
export type Project<G, Role extends RolesOf<G>> =
  G extends ChoreographyType<infer Head, infer Facts, infer Steps, infer Declared, infer Result>
    ? LocalType<
        Head["name"],
        Role,
        Head["abort"],
        Fold<
          Steps,
          Declared,
          Role,
          ContextAt<Head, Facts, Role>,
          SharedContext<Head, Facts>,
          AgreedContext<Head, Facts>,
          Then<ReturnNode<Result>, Done>
        >
      >
    : never;

type RolesOf<G> =
  G extends ChoreographyType<infer Head, unknown, unknown, unknown, string> ? Head["roles"] : never;

/** From the last step to the first: each puts its instructions before those that follow. */
type Fold<Steps, Declared, Role extends string, Own, Shared, Common, Next> =
  Steps extends Snoc<infer Init, infer Step>
    ? Fold<
        Init,
        Declared,
        Role,
        Own,
        Shared,
        Common,
        ProjectStep<Step, Declared, Role, Own, Shared, Common, Next>
      >
    : Next;

/**
 * `Own` is everything that the role comes to know, `Shared` everything that all come to know, and
 * `Common` the same without what a device has for itself: what is known at a single step was checked
 * where the choreography was written.
 */
type ProjectStep<Step, Declared, Role extends string, Own, Shared, Common, Next> =
  Step extends BroadcastStep<infer L, infer By, infer Checked>
    ? Role extends By
      ? Then<WriteNode<L, EventAt<Declared, L>, Own> & NotSealing, Next>
      : Then<
          AwaitNode<By, L, EventAt<Declared, L>> &
            NotOpening &
            CheckAt<Checked, Declared, L, Shared>,
          Next
        >
    : Step extends SendStep<infer L, infer By, infer To, infer Sealed, infer Checked>
      ? Role extends By
        ? Then<WriteNode<L, EventAt<Declared, L>, Own> & SealingAt<Sealed, To>, Next>
        : Role extends To
          ? Then<
              AwaitNode<By, L, EventAt<Declared, L>> &
                OpeningAt<Sealed> &
                CheckAt<Checked, Declared, L, Own>,
              Next
            >
          : Next
      : Step extends CollectStep<
            infer L,
            infer By,
            infer Count extends number | string,
            infer Checked
          >
        ? Role extends By
          ? Then<
              WriteNode<L, EventAt<Declared, L>, Own> & NotSealing,
              Gather<Declared, Shared, L, By, Count, Checked, Next>
            >
          : Gather<Declared, Shared, L, By, Count, Checked, Next>
        : Step extends LocalStep<infer L, infer At, infer Combines>
          ? Role extends At
            ? Then<ComputeNode<L, Declared[L & keyof Declared], Own>, Next>
            : At extends Everyone
              ? Then<
                  ComputeNode<
                    L,
                    Declared[L & keyof Declared],
                    [Combines] extends [never] ? Common : Shared
                  >,
                  Next
                >
              : Next
          : Step extends WaitStep<infer L, infer At, infer Span extends Epochs | string>
            ? Role extends At
              ? Then<WaitNode<L, Span>, Next>
              : At extends Everyone
                ? Then<WaitNode<L, Span>, Next>
                : Next
            : never;

type Gather<
  Declared,
  Shared,
  L extends string,
  By extends string,
  Count extends number | string,
  Checked,
  Next,
> = Then<
  ThresholdNode<By, L, EventAt<Declared, L>, Count> &
    NotOpening &
    CheckAt<Checked, Declared, L, Shared>,
  Next
>;

type SealingAt<Sealed, To extends string> = Sealed extends true ? SealingTo<To> : NotSealing;

type OpeningAt<Sealed> = Sealed extends true ? Opening : NotOpening;

/** The event that is declared under label `L`. */
type EventAt<Declared, L extends string> = Declared[L & keyof Declared] extends infer E extends
  AnyEvent
  ? E
  : never;

/** The check of the event under label `L`, where the choreography has one. */
type CheckAt<Checked, Declared, L extends string, Shared> = Checked extends true
  ? Checking<Accept<PayloadOf<EventAt<Declared, L>>, Shared>>
  : NotChecking;

/** What an action of role `Role` is given where `Facts` are known. */
export type ContextAt<Head extends HeadType, Facts, Role extends string> = ActionContext<
  Head["params"],
  Head["device"],
  Head["cast"]
> &
  Facts[Role & keyof Facts];

/** What an action that any role may run is given: the facts that all of them know. */
export type SharedContext<Head extends HeadType, Facts> = ContextAt<Head, Facts, Head["roles"]>;

/** What a `local` action placed at `At` is given. */
export type LocalContext<
  Head extends HeadType,
  Facts,
  At extends string,
  Combines,
> = At extends Everyone
  ? [Combines] extends [never]
    ? AgreedContext<Head, Facts>
    : SharedContext<Head, Facts>
  : ContextAt<Head, Facts, At>;

/** What every device computes the same from: nothing of a device's own. */
type AgreedContext<Head extends HeadType, Facts> = CommonContext<Head["params"], Head["cast"]> &
  Facts[Head["roles"] & keyof Facts];
