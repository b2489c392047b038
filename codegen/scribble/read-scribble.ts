/** Reads a Scribble file as choreographies. */
import { ProtocolError } from "../../dsl/index.ts";
import type { GlobalType, Place } from "../../dsl/index.ts";
import { notationOf } from "../notation-of.ts";
import type { SourceCode } from "../source.ts";
import { usedTypes, usedValues } from "./author-names.ts";
import type { DeclaredChoice, DeclaredEvent } from "./author-names.ts";
import { rolesOf } from "./frame.ts";
import {
  candidates,
  capitalized,
  protocolNameFrom,
  reservedWords,
  camelCaseFrom,
} from "./names.ts";
import { parseScribble } from "./parse.ts";
import type { GlobalProtocol, ScribbleModule } from "./syntax.ts";
import { stepsOf } from "./to-global.ts";
import { unfold } from "./unfold.ts";

/** A choreography read from Scribble. */
export interface ImportedChoreography {
  /** The name of the protocol in its file. */
  readonly protocol: string;
  /** The name of the choreography: `two-buyer`. */
  readonly name: string;
  /** The name of its constant: `twoBuyer`. */
  readonly exportName: string;
  readonly global: GlobalType<SourceCode>;
  /** Where each step and each branch of `global` stands in the Scribble file. */
  readonly places: ReadonlyMap<object, Place>;
  readonly headPlace: Place;
  readonly endPlace: Place;
  readonly events: readonly DeclaredEvent[];
  readonly choices: readonly DeclaredChoice[];
}

/**
 * The choreographies of a Scribble file: one for each global protocol that is not `aux`.
 *
 * @param text the source
 * @param file its name, for places
 * @param protocol name of the only protocol wanted; it may be an `aux` one
 * @throws ProtocolError `InvalidInput`, with the place, for what cannot be read
 */
export function readScribble(
  text: string,
  file: string,
  protocol?: string,
): readonly ImportedChoreography[] {
  const module = parseScribble(text, file);
  const wanted = module.protocols.filter(({ name, aux }) =>
    protocol === undefined ? !aux : name.text === protocol,
  );
  if (wanted.length > 0) return wanted.map((root) => importProtocol(module, root));
  throw new ProtocolError({
    code: "InvalidInput",
    what:
      protocol === undefined
        ? "the file has no global protocol that is not aux"
        : `the file has no global protocol '${protocol}'`,
    todo: "Declare one: 'global protocol Name(role A, role B) { … }'",
    where: { source: { file, line: 1, column: 1 } },
  });
}

function importProtocol(module: ScribbleModule, root: GlobalProtocol): ImportedChoreography {
  const roles = rolesOf(root);
  const { steps, places, events, choices } = stepsOf(unfold(module, root, roles));
  const name = protocolNameFrom(root.name.text);
  const constant = constantName(root.name.text, new Set(roles.values()));
  const taken = new Set([...usedTypes, ...events.map((event) => event.name)]);
  const abortName = candidates(`Abort${capitalized(constant)}`, (each) => !taken.has(each));
  const { place } = root.name;
  return {
    protocol: root.name.text,
    name,
    exportName: constant,
    global: {
      name,
      roles: Object.fromEntries([...roles.values()].map((role) => [role, "one"])),
      session: notationOf(steps),
      abort: { text: abortName, names: [], place },
      steps,
    },
    ...{ places, events, choices },
    headPlace: place,
    endPlace: root.end,
  };
}

/** The constant is named neither like a role, nor like a word of JavaScript or of the file. */
function constantName(name: string, roles: ReadonlySet<string>): string {
  const constant = camelCaseFrom(name);
  return roles.has(constant) || reservedWords.has(constant) || usedValues.includes(constant)
    ? `${constant}Protocol`
    : constant;
}
