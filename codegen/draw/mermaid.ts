/** Words and texts as Mermaid reads them. */

/** `text` with every character escaped that could mean something to Mermaid's grammars. */
export function escaped(text: string): string {
  return text.replaceAll(/[^\w .,*?()|=+-]/gu, (sign) => `#${sign.codePointAt(0) ?? 0};`);
}

/** Words of Mermaid's grammar that a participant cannot be named. */
const reserved = new Set(
  "accdescr acctitle activate actor alt and as autonumber box break create critical deactivate destroy details else end left link links loop note off opt option over par participant properties rect right sequencediagram title wrap".split(
    " ",
  ),
);

/** The name of a role in a diagram. */
export function participant(role: string): string {
  return reserved.has(role.toLowerCase()) ? `${role}_` : role;
}

/** `lines`, each one level further in. */
export function nested(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
