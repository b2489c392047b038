/** Wrong functions and events, and functions that read what is not known yet. */
import { Node } from "ts-morph";
import type { ArrowFunction } from "ts-morph";
import { stepsOf } from "../chain.ts";
import type { Chain, Option, Step } from "../chain.ts";
import { insert, put, spanOf } from "../change.ts";
import type { Change, Edit } from "../change.ts";

export function valueChanges(chain: Chain): readonly Change[] {
  const steps = stepsOf(chain);
  return steps.flatMap((step, index) => [
    ...functionsOf(step).map((option): Change => {
      const edits = [put(spanOf(option), "() => undefined")];
      return { kind: "payload", step: step.label, detail: `${option.name} of nothing`, edits };
    }),
    ...ofOtherEvent(step, [...steps.slice(index + 1), ...steps.slice(0, index)]),
    ...functionsOf(step).flatMap((option) => early(step, option, steps.slice(index + 1))),
  ]);
}

/** Reads, in every function of `chain`, what every function is given: all this is right. */
export function harmlessReads(chain: Chain): readonly Edit[] {
  return stepsOf(chain).flatMap((step) =>
    functionsOf(step).map((option) => reading(option, "session")),
  );
}

function functionsOf({ options }: Step): readonly Option[] {
  return ["payload", "action", "decide", "params"].flatMap((name) => options.get(name) ?? []);
}

/** The payload, and the event, of the nearest step that has another event. */
function ofOtherEvent(step: Step, others: readonly Step[]): readonly Change[] {
  const own = step.options.get("event");
  const payload = step.options.get("payload");
  const other = others.find(({ options }) => {
    const event = options.get("event")?.value.getText();
    return event !== undefined && event !== own?.value.getText();
  });
  const event = other?.options.get("event")?.value.getText();
  const theirs = other?.options.get("payload")?.value.getText();
  if (own === undefined || payload === undefined || event === undefined) return [];
  const name = own.value.getText();
  const edits = [put(spanOf(own), event)];
  const unless = { one: name, other: event };
  const wrong: Change = { kind: "event", step: step.label, detail: event, edits, unless };
  if (theirs === undefined || theirs === payload.value.getText()) return [wrong];
  const detail = `payload of ${other?.label ?? ""}`;
  const swapped = [put(spanOf(payload), theirs)];
  const fits = { one: event, other: name };
  return [wrong, { kind: "payload", step: step.label, detail, edits: swapped, unless: fits }];
}

const factless = new Set(["wait", "choice", "rec", "again", "parallel", "abort"]);

/** Reads of the step's own value, and of the next that a later step makes known. */
function early(step: Step, option: Option, later: readonly Step[]): readonly Change[] {
  const next = later.find(({ verb }) => !factless.has(verb));
  return [step, ...(next === undefined ? [] : [next])]
    .filter(({ verb }) => !factless.has(verb))
    .map(({ label }): Change => {
      const edits = [reading(option, label)];
      return { kind: "early", step: step.label, detail: `${option.name} ${label}`, edits };
    });
}

/** The function `option` also reads `fact` of its context. */
function reading(option: Option, fact: string): Edit {
  const { value } = option;
  if (Node.isArrowFunction(value)) return readingArrow(value, fact);
  const cast = `(${value.getText()} as (context: typeof early) => ReturnType<typeof ${value.getText()}>)`;
  return put(spanOf(option), `(early) => (void early.${fact}, ${cast}(early))`);
}

function readingArrow(arrow: ArrowFunction, fact: string): Edit {
  const [parameter] = arrow.getParameters();
  if (parameter === undefined) {
    const open = arrow.getText().indexOf("(");
    return insert(arrow.getStart() + open + 1, `{ ${fact}: early }`);
  }
  const pattern = parameter.getNameNode();
  if (Node.isObjectBindingPattern(pattern)) {
    return insert(pattern.getStart() + 1, ` ${fact}: early,`);
  }
  const span = { from: arrow.getStart(), to: arrow.getEnd() };
  return put(span, `(early) => (void early.${fact}, (${arrow.getText()})(early))`);
}
