/** Type level: the parts of a choice, a recursion or a parallel, and how they are called. */
import type { SameFirst, StartsAgain } from "./fault.ts";
import type { Part, Parts, Step } from "./parse.ts";
import type { Form, Nil, Snoc } from "./notation.ts";

/** What is wrong with the branches of a choice; `never` where nothing is. */
export type BranchFault<Done, Later extends string> =
  Done extends Snoc<infer Init, Part<infer L, infer Items>>
    ? L extends Later
      ? SameFirst<L>
      : StartsBack<Items> extends true
        ? StartsAgain<L>
        : BranchFault<Init, Later | L>
    : never;

/** Does the part begin by going back? */
type StartsBack<Items> =
  First<Items> extends infer Item
    ? Item extends Step<string, "again", string, string>
      ? true
      : Item extends Parts<string, Form, infer P>
        ? First<P> extends Part<string, infer Inner>
          ? StartsBack<Inner>
          : false
        : false
    : false;

/** The first labels of the parts, joined: how a composite step is called. */
export type JoinLabels<Done, Bar extends string, After extends string = ""> =
  Done extends Snoc<infer Init, Part<infer L, unknown>>
    ? JoinLabels<Init, Bar, After extends "" ? L : `${L}${Bar}${After}`>
    : After;

/** The label that names a part: that of its first step, however deep. */
export type FirstLabel<Items> =
  First<Items> extends infer Item
    ? Item extends Step<infer L, Form, unknown, string>
      ? L
      : Item extends Parts<string, Form, infer P>
        ? First<P> extends Part<infer L, unknown>
          ? L
          : ""
        : ""
    : "";

/** The first element of a snoc list. */
type First<List> =
  List extends Snoc<infer Init, infer Last> ? (Init extends Nil ? Last : First<Init>) : never;
