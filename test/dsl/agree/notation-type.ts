/** Type level: what the compiler reads of a notation, in the words of `read`. */
import type {
  AnyPins,
  Bare,
  Fault,
  FormOf,
  Parse,
  Part,
  Parts,
  Plain,
  Step,
} from "../../../dsl/notation/parse.ts";
import type { Form, Snoc } from "../../../dsl/notation/notation.ts";

export type Read<S extends string> =
  Parse<S> extends infer Items
    ? Items extends Fault<infer Sentence>
      ? { fault: Sentence }
      : { items: Items extends Plain ? ShownLabels<S> : ShownItems<Items> }
    : never;

/** A notation of labels only is kept as text. */
type ShownLabels<S extends string> = S extends `${infer Head} . ${infer Tail}`
  ? [ShownItem<Head>, ...ShownLabels<Tail>]
  : [ShownItem<S>];

type ShownItems<Items> =
  Items extends Snoc<infer Init, infer Item> ? [...ShownItems<Init>, ShownItem<Item>] : [];

type ShownItem<Item> = Item extends string
  ? [FormOf<Item>, Bare<Item>, "", "", "", "", ""]
  : Item extends Step<infer L, infer F, infer Who, infer Event>
    ? Who extends AnyPins
      ? [
          F,
          L,
          Named<Who["by"]>,
          Named<Event>,
          Said<Who["to"]>,
          Who["count"] extends 1 ? "any" : Said<Who["count"]>,
          unknown extends Who["cast"] ? "" : Flat<Who["cast"]>,
        ]
      : [F, L, "", Named<Event>, "", "", ""]
    : Item extends Parts<infer L, infer F extends Form, infer P>
      ? [F, L, ShownParts<P>]
      : never;

type Said<Pin> = unknown extends Pin ? "" : Pin;

type Flat<Cast> = { [K in keyof Cast]: Cast[K] };

type Named<Name extends string> = string extends Name ? "" : Name;

type ShownParts<P> =
  P extends Snoc<infer Init, Part<string, infer Items>>
    ? [...ShownParts<Init>, ShownItems<Items>]
    : [];
