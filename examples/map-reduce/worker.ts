/** A worker counts the words of its chunk. */
import type { PayloadOf } from "../../dsl/index.ts";
import { countsOf } from "./counts.ts";
import type { GiveChunk, TellCounts } from "./events.ts";

export function count({
  Chunk,
}: {
  readonly Chunk: PayloadOf<typeof GiveChunk>;
}): PayloadOf<typeof TellCounts> {
  const words = Chunk.text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return countsOf(words.map((word) => [word, 1]));
}
