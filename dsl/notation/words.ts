/**
 * Type level: the session notation cut into words. It is done over the whole of a notation, symbol
 * by symbol, and not letter by letter: the compiler finds the next symbol in one step.
 */

/** `S` with one blank after each word and symbol, and none before the first. */
export type Words<S extends string> =
  Single<` ${Signs<Brackets<Lines<S>>>} `> extends ` ${infer All}` ? All : never;

/** `S` with a dot after each label, and without the marks before a dot: `?` stands after `*`. */
export type Unmarked<S extends string> = Each<
  Each<`${S} . `, "? . ", " . ", "">,
  "* . ",
  " . ",
  ""
>;

type Lines<S extends string> = S extends `${string}${"\t" | "\r" | ","}${string}`
  ? Each<Each<Each<Each<S, "\n", " ", "">, "\t", " ", "">, "\r", " ", "">, ",", " , ", "">
  : Each<S, "\n", " ", "">;

type Brackets<S extends string> = Each<
  Each<Each<Each<S, "{", " { ", "">, "}", " } ", "">, "(", " ( ", "">,
  ")",
  " ) ",
  ""
>;

/** Bars last: those of blocks side by side are put together again. */
type Signs<S extends string> = Each<
  Each<Each<Each<S, ".", " . ", "">, "→", " → ", "">, "|", " | ", "">,
  " |  | ",
  " || ",
  ""
>;

/** `S` with `By` for each `Sign`: four of them at a time, for the compiler stops after 999 turns. */
type Each<
  S extends string,
  Sign extends string,
  By extends string,
  Done extends string,
> = S extends `${infer A}${Sign}${infer B}${Sign}${infer C}${Sign}${infer D}${Sign}${infer R}`
  ? Each<R, Sign, By, `${Done}${A}${By}${B}${By}${C}${By}${D}${By}`>
  : One<S, Sign, By, Done>;

type One<
  S extends string,
  Sign extends string,
  By extends string,
  Done extends string,
> = S extends `${infer A}${Sign}${infer R}` ? One<R, Sign, By, `${Done}${A}${By}`> : `${Done}${S}`;

/** One blank for many. */
type Single<S extends string> = S extends `${infer A}        ${infer R}`
  ? Single<`${A} ${R}`>
  : S extends `${infer A}  ${infer B}  ${infer C}  ${infer D}  ${infer E}  ${infer R}`
    ? Single<`${A} ${B} ${C} ${D} ${E} ${R}`>
    : S extends `${infer A}  ${infer R}`
      ? Single<`${A} ${R}`>
      : S;
