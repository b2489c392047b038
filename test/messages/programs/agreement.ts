/** A View in the place of what all agree on, in an author's own functions. */
import type { Agreed, Collected, View } from "../../../dsl/index.ts";

declare function decide(votes: Agreed<Collected<number>>): void;
declare const view: View<Collected<number>>;
declare const agreed: Agreed<Collected<number>>;
declare const plain: Collected<number>;

decide(agreed);
decide(view); // mistake
decide(plain); // mistake
