/** Names of what the author of an imported choreography fills in, and of its events. */
import type { Branch, Place } from "../../dsl/index.ts";
import type { SourceCode } from "../source.ts";
import { camelCaseFrom, nameGiver } from "./names.ts";
import { payloadKey } from "./payload.ts";
import type { Payload } from "./payload.ts";

export interface DeclaredEvent {
  /** The constant, which is the event's name on the ledger too. */
  readonly name: string;
  readonly payload: Payload;
  /** Who makes the payload. */
  readonly by: string;
  /** The function of the device that makes it; a payload without values needs none. */
  readonly answer?: string;
}

export interface DeclaredChoice {
  /** The function of the device that decides. */
  readonly answer: string;
  readonly by: string;
  readonly labels: readonly string[];
}

export interface AuthorNames {
  readonly events: readonly DeclaredEvent[];
  readonly choices: readonly DeclaredChoice[];
  /** The event of the step `label`; one label with two payloads has two events. */
  event(label: string, message: EventOf): EventCode;
  decide(by: string, branches: readonly Branch<SourceCode>[], place: Place): SourceCode;
}

interface EventOf {
  readonly payload: Payload;
  readonly by: string;
  readonly place: Place;
  /** What the same message is to its first receiver, if this is another one. */
  readonly first: EventCode | undefined;
}

export interface EventCode {
  readonly event: SourceCode;
  readonly payload: SourceCode;
  readonly answer: string | undefined;
}

/** Names that a written choreography uses otherwise: capitalized ones, and the others. */
export const usedTypes = ["Answers", "Uint8Array", "Infinity", "NaN"];

/** What the schema of a payload is made of, as the runtime exports it. */
export const schemaNames = [
  ...["abortPayload", "anything", "boolean", "bytes", "integer", "list", "nothing", "number"],
  ...["record", "table", "text"],
];

export const usedValues = ["choreography", "epochs", "event", "one", "type", ...schemaNames];

/** Longest name of a function that decides made of its branches. */
const maxAnswerLength = 40;

export function authorNames(): AuthorNames {
  const constants = nameGiver(usedTypes);
  const answers = nameGiver(["constructor", "toString", "valueOf"]);
  const events: DeclaredEvent[] = [];
  const choices: DeclaredChoice[] = [];
  const known = new Map<string, EventCode>();
  return {
    events,
    choices,
    event: (label, { payload, by, place, first }) => {
      const key = `${label} ${payloadKey(payload)}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const name = constants.give(label);
      const give = () => first?.answer ?? answers.give(camelCaseFrom(name));
      const answer = payload.length === 0 ? undefined : give();
      events.push({ name, payload, by, ...(answer === undefined ? {} : { answer }) });
      const text = answer === undefined ? "() => ({})" : asked(answer);
      const codes = { event: code(name, place), payload: code(text, place), answer };
      known.set(key, codes);
      return codes;
    },
    decide: (by, branches, place) => {
      const labels = branches.map((branch) => branch.label);
      const answer = answers.give(decisionName(labels));
      choices.push({ answer, by, labels });
      return code(asked(answer), place);
    },
  };
}

/** `acceptOrReject`, or `decide` where that would be long. */
function decisionName(labels: readonly string[]): string {
  const name = camelCaseFrom(labels.join("_or_"));
  return name.length > maxAnswerLength ? "decide" : name;
}

function asked(answer: string): string {
  return `({ device }) => device.${answer}()`;
}

function code(text: string, place: Place): SourceCode {
  return { text, names: [], place };
}
