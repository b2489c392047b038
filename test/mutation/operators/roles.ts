/** Wrong roles: each other one of the choreography, and one that it does not have. */
import { Node } from "ts-morph";
import { stepsOf } from "../chain.ts";
import type { Chain, Option, Step } from "../chain.ts";
import { put, spanOf } from "../change.ts";
import type { Change } from "../change.ts";

const unknown = "stranger";

export function roleChanges(chain: Chain): readonly Change[] {
  return stepsOf(chain).flatMap((step) =>
    ["by", "to", "at"].flatMap((name) => {
      const option = step.options.get(name);
      if (option === undefined) return [];
      const others = chain.roles.filter((role) => role !== roleOf(option));
      return [...others, ...(name === "by" ? [unknown] : [])].map((role) =>
        renamed(step, option, role),
      );
    }),
  );
}

function renamed({ label }: Step, option: Option, role: string): Change {
  const edits = [put(spanOf(option), JSON.stringify(role))];
  return { kind: "role", step: label, detail: `${option.name} ${role}`, edits };
}

function roleOf({ value }: Option): string {
  return Node.isStringLiteral(value) ? value.getLiteralValue() : value.getText();
}
