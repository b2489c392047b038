/** The master has the text, and cuts it into a chunk for each worker. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { GiveChunk } from "./events.ts";

export interface Master {
  readonly text: string;
}

/** Every n-th line, from the worker's number on. */
export function chunk({
  device,
  cast,
  to,
}: {
  readonly device: Master;
  readonly cast: { readonly worker: readonly string[] };
  readonly to: string;
}): PayloadOf<typeof GiveChunk> {
  const { worker } = cast;
  const own = worker.indexOf(to);
  const lines = device.text.split("\n").filter((_, line) => line % worker.length === own);
  return { text: lines.join("\n") };
}
