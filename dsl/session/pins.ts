/** What stands in the braces of a long form: who takes a step, for whom, and who plays whom. */

/** All that a long form can say in its braces. */
export interface Pins {
  /** The author of an event, or the place of a computation, a sleep or a look. */
  readonly role?: string;
  /** Who waits for the event. */
  readonly to?: string;
  /** Whether a wait takes the event of every member of the family, or of any one. */
  readonly quorum?: "all" | "any";
  /** Role of the callee → role here that plays it. */
  readonly cast?: Readonly<Record<string, string>>;
}

const word = /^[^ \n\t\r.→{}()|,*?∈:]+$/;
const edges = /^[ \n\t\r]+|[ \n\t\r]+$/g;
const quantified = /^(all|any)[ \n\t\r]+([^ \n\t\r]+)$/;

/**
 * Reads `role`, `role → role`, `p ∈ family`, `all p ∈ family → family` or `calleeRole: role, …`;
 * `undefined` where it is nothing of that. A family's step is one with `isFamily`.
 */
export function pinsIn(
  text: string,
): { readonly pins: Pins; readonly isFamily: boolean } | undefined {
  if (text.includes(":")) return castIn(text);
  const [from = "", to, ...more] = text.split("→").map(trimmed);
  if (more.length > 0 || (to !== undefined && !isRole(to))) return undefined;
  const receiver = to === undefined ? {} : { to };
  const [member = "", family, ...rest] = from.split("∈").map(trimmed);
  if (rest.length > 0) return undefined;
  if (family === undefined) {
    if (!isRole(member)) return undefined;
    return { pins: { role: member, ...receiver }, isFamily: false };
  }
  const [, says, name = member] = quantified.exec(member) ?? [];
  if (!word.test(name) || !word.test(family)) return undefined;
  const quorum: Pins = says === "all" || says === "any" ? { quorum: says } : {};
  return { pins: { role: family, ...receiver, ...quorum }, isFamily: true };
}

function castIn(text: string): { readonly pins: Pins; readonly isFamily: false } | undefined {
  const pairs = text.split(",").map((pair) => pair.split(":").map(trimmed));
  const cast = new Map<string, string>();
  for (const [played = "", by = "", ...more] of pairs) {
    if (more.length > 0 || !word.test(played) || !word.test(by) || cast.has(played)) {
      return undefined;
    }
    cast.set(played, by);
  }
  return { pins: { cast: Object.freeze(Object.fromEntries(cast)) }, isFamily: false };
}

/** A small letter tells a role from a step: so braces after a label are not taken for a choice. */
function isRole(text: string): boolean {
  return word.test(text) && text.charAt(0) === text.charAt(0).toLowerCase();
}

function trimmed(text: string): string {
  return text.replaceAll(edges, "");
}
