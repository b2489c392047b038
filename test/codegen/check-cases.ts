/** Files that `aura check` refuses before any rule of the language, and what it says of each. */
import { edited, rightSource } from "./workbench.ts";
import type { DiagnosticCode } from "../../dsl/index.ts";

/** A file that is refused; without a text it is not there. */
export interface FileCase {
  readonly code: DiagnosticCode;
  readonly name: string;
  readonly path: string;
  readonly text?: string | Uint8Array;
  readonly exit: 1 | 2;
  readonly says: string;
}

const twice =
  rightSource + rightSource.slice(rightSource.indexOf("export")).replace("poll =", "b =");

export const fileCases: readonly FileCase[] = [
  {
    code: "AURA1801",
    name: "a syntax error",
    path: "poll.ts",
    text: edited(["abort: AbortPoll", "abort: "]),
    exit: 1,
    says: "poll.ts:8:10: Expression expected. Correct the syntax: the generator reads what the compiler can. (AURA1801)",
  },
  {
    code: "AURA1802",
    name: "what needs running",
    path: "poll.ts",
    text: edited(["atLeast: 2", "atLeast: n"]),
    exit: 1,
    says: "poll.ts:11:77: the option 'atLeast' is not a literal, and the generator does not run your code. Write it as a string or a number. (AURA1802)",
  },
  {
    code: "AURA1803",
    name: "two choreographies of one name",
    path: "poll.ts",
    text: twice,
    exit: 1,
    says: "poll.ts:14:18: two choreographies of this folder are named 'poll'. Name them differently: their scripts are files of these names. (AURA1803)",
  },
  {
    code: "AURA1804",
    name: "no file",
    path: "nowhere.ts",
    exit: 2,
    says: "nowhere.ts:1:1: there is no such file. Name a text file that can be read. (AURA1804)",
  },
  {
    code: "AURA1804",
    name: "no text",
    path: "noise.scr",
    text: new Uint8Array([0xff, 0xfe, 0, 1]),
    exit: 2,
    says: "noise.scr:1:1: the file is not text. Name a text file that can be read. (AURA1804)",
  },
  {
    code: "AURA1805",
    name: "no choreography",
    path: "plain.ts",
    text: "export const five = 5;\n",
    exit: 1,
    says: "plain.ts:1:1: the file holds no choreography. Name a file with export const name = choreography(…) … .returns(…). (AURA1805)",
  },
  {
    code: "AURA1806",
    name: "no Scribble",
    path: "ask.scr",
    text: "module ask;\n\nglobal protocol Ask(role A, role B) {\n  ask() from A to ;\n}\n",
    exit: 1,
    says: "ask.scr:4:19: found ';' where the role that receives is expected. Correct the Scribble source. (AURA1806)",
  },
  {
    code: "AURA1104",
    name: "a role that Scribble does not declare",
    path: "ask.scr",
    text: "module ask;\n\nglobal protocol Ask(role A, role B) {\n  ask() from A to C;\n}\n",
    exit: 1,
    says: "ask.scr:4:3: step Ask: 'c' is not a role of ask. Name one of: a, b. (AURA1104)",
  },
];
