/** A keeper: it grants the lock to one holder at a time. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { AnswerRequest, FreeLock } from "./events.ts";

export interface Keeper {
  readonly granted: {
    /** Device id of the holder. */
    to?: string;
  };
}

interface Keeping {
  readonly device: Keeper;
  readonly cast: { readonly holder: string };
}

export function grant({ device, cast }: Keeping): PayloadOf<typeof AnswerRequest> {
  device.granted.to ??= cast.holder;
  return { granted: device.granted.to === cast.holder };
}

export function forget({ device, cast }: Keeping): void {
  if (device.granted.to === cast.holder) delete device.granted.to;
}

export function free(context: Keeping): PayloadOf<typeof FreeLock> {
  forget(context);
  return {};
}
