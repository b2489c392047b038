import { ProtocolError } from "../../dsl/index.ts";
import type { Place } from "../../dsl/index.ts";

/** An error about the Scribble source at `place`. */
export function refuseAt(place: Place, what: string, todo: string): ProtocolError {
  return new ProtocolError({ code: "InvalidInput", what, todo, where: { source: place } });
}
