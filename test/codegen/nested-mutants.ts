/** Scripts with nested instructions that were edited so that they leave the protocol. */
import { readFileSync } from "node:fs";

const folder = "test/codegen/fixtures/every/trip/generated";

/** The script of `role`, as a file two folders below the tests' own folder of fixtures. */
function scriptOf(role: string): string {
  return readFileSync(`${folder}/trip.${role}.ts`, "utf8")
    .replaceAll('from "../../../', 'from "')
    .replaceAll('from "../../locking/', 'from "../fixtures/every/locking/')
    .replaceAll(/from "\.\.\/(?=parts|choreography)/g, 'from "../fixtures/every/trip/');
}

/** Name, role, and an edit of one place. */
const edits: readonly (readonly [name: string, role: string, from: string, to: string])[] = [
  ["branch-renamed", "clerk", "Settle: [", "Agree: ["],
  ["branch-empty", "clerk", "Settle: [", "Settle: [], Other: ["],
  [
    "offer-from-another",
    "clerk",
    'from: "agent",\n      branches',
    'from: "member",\n      branches',
  ],
  [
    "offer-decided-here",
    "clerk",
    'from: "agent",\n      branches',
    'decide: () => "Go",\n      branches',
  ],
  ["decides-what-is-none", "clerk", "decide: parts.haggle", 'decide: () => "Never"'],
  ["loop-without-bound", "clerk", 'atMost: "rounds"', "atMost: 100"],
  [
    "loop-renamed",
    "clerk",
    'label: "Haggle",\n            atMost',
    'label: "Again",\n            atMost',
  ],
  [
    "again-of-another",
    "clerk",
    'instruction: "Again", label: "Haggle"',
    'instruction: "Again", label: "Go"',
  ],
  ["block-left-out", "clerk", "Ship: [", "Shipped: ["],
  ["nested-event-of-another", "clerk", "event: parts.Settle", "event: Ship"],
  [
    "abort-from-another",
    "clerk",
    'label: "abort", from: "agent"',
    'label: "abort", from: "member"',
  ],
  ["abort-not-waited-for", "clerk", 'instruction: "AwaitAbort"', 'instruction: "AwaitEvent"'],
  ["check-of-another", "agent", 'of: "Ask"', 'of: "Hint"'],
  [
    "cast-of-another",
    "member",
    'label: "Lock",\n      script: opLockingMember,\n      cast: { member: "member" }',
    'label: "Lock",\n      script: opLockingMember,\n      cast: { member: "clerk" }',
  ],
  ["abort-of-callee-not-absent", "member", 'onAbort: "absent",', ""],
  [
    "not-addressed",
    "member",
    "addressed: true,\n    },\n    // Deal: write",
    "},\n    // Deal: write",
  ],
  ["not-to-each", "member", 'toEach: "member",', ""],
];

export const wrongNested = edits.map(([name, role, from, to]) => {
  const right = scriptOf(role);
  if (right.split(from).length !== 2) throw new Error(`not once in the script: ${from}`);
  return { name: `nested-${name}`, text: right.replace(from, () => to) };
});

/** The scripts as they are: what is refused of the others is the edit. */
export const rightNested = ["agent", "clerk", "member"].map((role) => ({
  name: `right-${role}`,
  text: scriptOf(role),
}));
