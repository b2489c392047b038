/** Who plays what in a nested choreography: swapped, missing, and twice. */
import { optionsOf, stepsOf } from "../chain.ts";
import type { Chain, Option, Step } from "../chain.ts";
import { exchange, put, spanOf } from "../change.ts";
import type { Change } from "../change.ts";

export function callChanges(chain: Chain): readonly Change[] {
  return stepsOf(chain).flatMap((step) => {
    const roles = [...optionsOf(step.options.get("roles")?.value).values()];
    return roles.flatMap((role, index) => [
      ...played(chain, step, role),
      ...pair(chain, step, role, roles[index + 1]),
      change(step, `no ${role.name}`, [put(role.whole, "")]),
    ]);
  });
}

/** `role` is played by every other role in turn. */
function played({ roles }: Chain, step: Step, role: Option): readonly Change[] {
  return roles
    .filter((other) => JSON.stringify(other) !== role.value.getText())
    .map((other) =>
      change(step, `${role.name} ${other}`, [put(spanOf(role), JSON.stringify(other))]),
    );
}

function pair(chain: Chain, step: Step, one: Option, next: Option | undefined): readonly Change[] {
  if (next === undefined) return [];
  const detail = `${one.name} and ${next.name}`;
  return [change(step, detail, exchange(chain, spanOf(one), spanOf(next)))];
}

function change({ label }: Step, detail: string, edits: Change["edits"]): Change {
  return { kind: "call", step: label, detail, edits };
}
