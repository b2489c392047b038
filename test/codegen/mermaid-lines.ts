/** A small reader of Mermaid's two diagrams, as strict as what the compiler writes needs. */

/** A line that no rule of the grammar knows, or a block that is not closed. */
export function faultsOf(diagram: string): readonly string[] {
  const lines = diagram.split("\n").map((line) => line.trim());
  const start = lines.findIndex((line) => line.endsWith("Diagram") || line === "stateDiagram-v2");
  const rules = lines[start] === "sequenceDiagram" ? sequenceRules : stateRules;
  const body = lines.slice(start + 1).filter((line) => line !== "");
  const unknown = body.filter((line) => !rules.some((rule) => rule.test(line)));
  return [...unknown, ...unclosed(body)];
}

const text = String.raw`(?:[\w .,*?()|=+-]|#\d+;)*`;
const name = String.raw`(?!end\b|note\b|loop\b|par\b|alt\b)[A-Za-z]\w*`;

const sequenceRules = [
  new RegExp(`^title ${text}$`),
  new RegExp(String.raw`^participant ${name}(?: as \w+\*?)?$`),
  new RegExp(`^${name}(?:->>|-x)${name}: ${text}$`),
  new RegExp(`^Note over ${name}(?:,${name})?: ${text}$`),
  new RegExp(`^(?:alt|else|loop|par|and) ${text}$`),
  /^end$/,
];

const stateRules = [
  new RegExp(String.raw`^s\d+ : ${text}$`),
  new RegExp(String.raw`^(?:s\d+|\[\*\]) --> (?:s\d+|\[\*\])(?: : ${text})?$`),
  /^state s\d+ <<(?:fork|join)>>$/,
];

/** Blocks that end too early or never, and parts outside a block of their kind. */
function unclosed(lines: readonly string[]): readonly string[] {
  const open: string[] = [];
  const faults: string[] = [];
  for (const line of lines) {
    const [word = ""] = line.split(" ");
    if (["alt", "loop", "par"].includes(word)) open.push(word);
    if (word === "else" && open.at(-1) !== "alt") faults.push(line);
    if (word === "and" && open.at(-1) !== "par") faults.push(line);
    if (line === "end" && open.pop() === undefined) faults.push("end without a start");
  }
  return [...faults, ...open.map((word) => `${word} without an end`)];
}
