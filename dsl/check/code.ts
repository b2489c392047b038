/** What a checker can know of an author's event or span, as a live value or as source text. */

/** The source text of `code`, where it has one. */
function textOf(code: unknown): string | undefined {
  if (typeof code === "string") return code;
  if (typeof code !== "object" || code === null || !("text" in code)) return undefined;
  return typeof code.text === "string" ? code.text : undefined;
}

/** The name of an event: its own, or the name that the source has for it. */
export function eventName(event: unknown): string | undefined {
  if (typeof event === "object" && event !== null && "name" in event) {
    return typeof event.name === "string" ? event.name : undefined;
  }
  // `events.Ask` is the event `Ask` of a module.
  return textOf(event)?.replace(/^.*\./s, "");
}

/** Whether two pieces of code are one event. */
export function sameEvent(a: unknown, b: unknown): boolean {
  const name = eventName(a);
  return a === b || (name !== undefined && name === eventName(b));
}

/** A span in epochs, where it is written as a number: `epochs(5)`. */
export function spanOf(code: unknown): number | undefined {
  if (typeof code === "number") return Number.isSafeInteger(code) && code >= 0 ? code : undefined;
  const written = /^epochs\((\d{1,9})\)$/.exec(textOf(code) ?? "")?.[1];
  return written === undefined ? undefined : Number(written);
}
