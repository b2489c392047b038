/** The dealer: it draws a polynomial through the secret. */
import type { ActionContext, PayloadOf } from "../../dsl/index.ts";
import type { DealShare } from "./events.ts";
import { evaluate, pointOf, scalar, toBytes } from "./field.ts";
import type { Sharing } from "./field.ts";

export interface Dealer {
  /** A scalar, 32 bytes; the dealer alone has it. */
  readonly secret: Uint8Array;
}

type Dealing = Pick<ActionContext<Sharing, Dealer>, "device" | "params" | "entropy"> & {
  readonly cast: { readonly holder: readonly string[] };
  readonly to: string;
};

export function shareFor(context: Dealing): PayloadOf<typeof DealShare> {
  const { device, params, entropy, cast, to } = context;
  const point = pointOf(to, cast.holder);
  // The same randomness for each holder: all shares lie on one polynomial.
  return { share: toBytes(evaluate(scalar(device.secret), params, point, entropy("polynomial"))) };
}
