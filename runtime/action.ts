/** What the author's functions are given. */
import type { ActionContext, Script } from "../dsl/index.ts";
import { deriveEntropy } from "./crypto/entropy.ts";
import type { Device } from "./device.ts";
import type { Facts, Standing } from "./instruction.ts";
import type { Session } from "./session.ts";

export interface Acting {
  readonly session: Session;
  readonly script: Script;
  readonly device: Device;
  readonly inputs: unknown;
}

/** The fields of `ActionContext`, and the facts by label. */
export function actionContext(
  { session, script, device, inputs }: Acting,
  { facts, turns }: Standing,
): Facts {
  const innermost = turns.at(-1);
  // Every turn has streams of its own, the first too: a nonce drawn in one is never drawn again.
  const place =
    turns.length === 0
      ? ["aura/session/entropy/v1", session.id, script.role]
      : ["aura/session/entropy/turn/v1", session.id, script.role, pathOf(turns)];
  const entropy: ActionContext<unknown, unknown>["entropy"] = (purpose, ...bound) =>
    deriveEntropy(device.entropySecret, ...place, purpose, ...bound);
  return {
    ...facts,
    params: session.params,
    device: inputs,
    self: device.id,
    session: session.id,
    cast: session.cast,
    entropy,
    turn: innermost?.turn ?? 0,
  };
}

/** Labels of loops hold neither a blank nor a slash. */
function pathOf(turns: Standing["turns"]): string {
  return turns.map(({ loop, turn }) => `${loop} ${turn}`).join("/");
}
