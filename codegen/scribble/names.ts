/** Names of Scribble, made into names of a choreography. */

/** Gives each name at most once: a second `title` is `title2`. */
export interface NameGiver {
  give(wanted: string): string;
}

export function nameGiver(taken: Iterable<string>): NameGiver {
  const given = new Set(taken);
  return {
    give: (wanted) => {
      const name = candidates(wanted, (candidate) => !given.has(candidate));
      given.add(name);
      return name;
    },
  };
}

/** The first of `wanted`, `wanted2`, `wanted3` … that `fits`. */
export function candidates(wanted: string, fits: (candidate: string) => boolean): string {
  if (fits(wanted)) return wanted;
  // After a digit, the number would read as one with it.
  const stem = /\d$/.test(wanted) ? `${wanted}_` : wanted;
  for (let number = 2; ; number += 1) {
    if (fits(`${stem}${number}`)) return `${stem}${number}`;
  }
}

/** A step's label: `title` is `Title`, `250` is `M250`. */
export function labelFrom(name: string): string {
  const word = lastSegment(name);
  return /^[A-Za-z]/.test(word) ? capitalized(word) : `M${word}`;
}

/** A name in camel case: `Buyer_1` is `buyer1`, `SELLER` is `seller`, `2` is `r2`. */
export function camelCaseFrom(name: string): string {
  const [first = "", ...others] = wordsOf(name).map((word) => word.toLowerCase());
  const joined = [first, ...others.map(capitalized)].join("");
  return /^[a-z]/.test(joined) ? joined : `r${joined}`;
}

/** Words of lower case, joined by dashes: `TwoBuyer` is `two-buyer`. */
export function protocolNameFrom(name: string): string {
  const dashed = wordsOf(name).join("-").toLowerCase();
  return /^[a-z]/.test(dashed) ? dashed : `p${dashed}`;
}

/** `TwoBuyer_v2` is "Two", "Buyer", "v2"; `HTTPServer` is "HTTP", "Server". */
function wordsOf(name: string): readonly string[] {
  return (
    lastSegment(name).match(/[A-Z]+(?![a-z])[0-9]*|[A-Z][a-z]*[0-9]*|[a-z]+[0-9]*|[0-9]+/g) ?? []
  );
}

/** The name without its module and without the primes that NuScr lets in. */
function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1).replaceAll(/[^A-Za-z0-9_]/g, "");
}

export function capitalized(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

export function uncapitalized(word: string): string {
  return `${word.charAt(0).toLowerCase()}${word.slice(1)}`;
}

/** Words that no constant of a module can be named. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum " +
    "eval export extends false finally for function if implements import in instanceof " +
    "interface let new null package private protected public return static super switch this " +
    "throw true try typeof undefined var void while with yield"
  ).split(" "),
);
