/**
 * Type level: a role's instructions as a tuple of strings, in the words of `shownBody`, so that the
 * compiler can compare the two to the letter.
 */
import type {
  Again,
  Await,
  AwaitAbort,
  Compute,
  Fork,
  Gather,
  GiveUp,
  Look,
  Loop,
  Offer,
  Return,
  Run,
  Select,
  Sleep,
  Then,
  Write,
} from "../../../dsl/projection/local-type.ts";

export type Shown<Body> =
  Body extends Then<infer Node, infer Next>
    ? [ShownNode<Node>, ...Shown<Next>]
    : Body extends { readonly next: "fall" | "done" }
      ? []
      : ["no body"];

type ShownNode<Node> =
  Node extends Select<infer L, "own" | "same", infer Branches>
    ? { select: L; branches: ShownParts<Branches> }
    : Node extends Offer<infer From, infer Branches>
      ? { offer: From; branches: ShownParts<Branches> }
      : Node extends Loop<infer L, infer Most, infer Body>
        ? { loop: L; atMost: Most; steps: Shown<Body> }
        : Node extends Fork<infer L, infer Blocks>
          ? { fork: L; blocks: ShownParts<Blocks> }
          : Simple<Node>;

type ShownParts<Parts> = { -readonly [K in keyof Parts]: Shown<Parts[K]> };

type Simple<Node> =
  Node extends Write<infer Step>
    ? `write ${Label<Step>}${ToEach<Step>}${Sealed<Step, "to">}`
    : Node extends Await<infer Step>
      ? `await ${Label<Step>} from ${By<Step>}${Options<Step>}`
      : Node extends Gather<infer Step>
        ? `gather ${Label<Step>} from ${By<Step>} of ${Count<Step>}${Options<Step>}`
        : Node extends Compute<infer Step>
          ? `compute ${Label<Step>}`
          : Node extends Sleep<infer Step>
            ? `sleep ${Label<Step>}`
            : Node extends Look<infer Step>
              ? `look ${Label<Step>} for ${Of<Step>}`
              : Node extends Run<infer Step, infer As>
                ? `run ${Label<Step>} as ${As}${Given<Step, "onTimeout", " absent">}`
                : Node extends Again<infer L>
                  ? `again ${L}`
                  : Node extends GiveUp
                    ? "abort"
                    : Node extends AwaitAbort<infer From>
                      ? `await abort from ${From}`
                      : Node extends Return<infer L>
                        ? `return ${L}`
                        : "unknown";

type Label<Step> = Step extends { readonly label: infer L extends string } ? L : "";
type By<Step> = Step extends { readonly by: infer R extends string } ? R : "";
type Of<Step> = Step extends { readonly of: infer L extends string } ? L : "";
type Count<Step> = Step extends { readonly atLeast: infer N extends number | string } ? N : "";

/** Each member of a family gets its own: in a send to a family, and in every distribute. */
type Addressed<Step> = Step extends { readonly each: true } | { readonly verb: "distribute" }
  ? true
  : false;

type To<Step> = Step extends { readonly to: infer R extends string } ? R : "";
type ToEach<Step> = Addressed<Step> extends true ? ` each ${To<Step>}` : "";
type Given<Step, Option, Text extends string> = Step extends { readonly given: infer G }
  ? Option extends G
    ? Text
    : ""
  : "";
type Sealed<Step, At extends "to" | "here"> = Given<
  Step,
  "sealed",
  At extends "to" ? ` sealed to ${To<Step>}` : " sealed"
>;
type Options<Step> =
  `${Sealed<Step, "here">}${Addressed<Step> extends true ? " addressed" : ""}${Given<Step, "onTimeout", " absent">}${Given<Step, "accept", " checked">}`;

/** Whether two types are one, as far as tuples and strings can differ. */
export type Same<A, B> = [A, B] extends [B, A] ? true : false;
