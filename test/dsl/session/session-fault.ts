/** What is wrong with a session notation. */
import { ProtocolError, parseSession } from "../../../dsl/index.ts";

/** What parsing `notation` throws. */
export function faultOf(notation: string): ProtocolError {
  try {
    parseSession(notation);
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error(`'${notation}' was parsed`);
}
