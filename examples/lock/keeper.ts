/** A keeper: it grants a lock to one holder at a time. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { AnswerRequest, FreeLock, LockParams } from "./events.ts";

export interface Keeper {
  /** Device id of the holder, by lock. */
  readonly granted: Map<string, string>;
}

interface Keeping {
  readonly params: LockParams;
  readonly device: Keeper;
  readonly cast: { readonly holder: string };
}

export function grant({
  params: { lock },
  device: { granted },
  cast: { holder },
}: Keeping): PayloadOf<typeof AnswerRequest> {
  if (!granted.has(lock)) granted.set(lock, holder);
  return { asked: lock, granted: granted.get(lock) === holder };
}

export function forget({
  params: { lock },
  device: { granted },
  cast: { holder },
}: Keeping): boolean {
  return granted.get(lock) === holder && granted.delete(lock);
}

export function free(context: Keeping): PayloadOf<typeof FreeLock> {
  forget(context);
  return { lock: context.params.lock };
}
