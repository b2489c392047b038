/** What a session tells its observers while it runs. Never secrets: labels, devices and counts. */
import type { Blame } from "../dsl/index.ts";

export type Notice = NoticePlace &
  (
    | { readonly kind: "computed" }
    | { readonly kind: "wrote"; readonly event: string }
    /** `from` are the devices that have not been heard; `have` of `need` have. */
    | {
        readonly kind: "waiting";
        readonly from: readonly string[];
        readonly have: number;
        readonly need: number;
        readonly deadline: number;
      }
    | { readonly kind: "received"; readonly from: readonly string[] }
    | { readonly kind: "slept"; readonly epochs: number }
    | { readonly kind: "blamed"; readonly blame: Blame }
    | { readonly kind: "returned" }
    | { readonly kind: "aborted"; readonly reason: string }
  );

export interface NoticePlace {
  readonly session: string;
  readonly protocol: string;
  readonly device: string;
  readonly role: string;
  /** The step's label. */
  readonly step: string;
  readonly epoch: number;
}

export type Observer = (notice: Notice) => void;
