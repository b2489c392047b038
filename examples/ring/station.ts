/** What each station of the ring adds to the token. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { PassToken } from "./events.ts";

export interface Station {
  readonly weight: number;
}

export type Token = PayloadOf<typeof PassToken>;
