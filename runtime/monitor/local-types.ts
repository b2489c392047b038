/** The local types of a session, as the monitor asks for them: who may write what at which step. */
import type { Script, ScriptNode } from "../../dsl/index.ts";
import { membersOf } from "../amounts.ts";
import { flatten } from "../frames.ts";
import type { SessionCast } from "../session.ts";

/** The local scripts of a protocol, by role. */
export type ScriptsByRole = Readonly<Record<string, Script>>;

export type WriteNode = Extract<ScriptNode, { readonly instruction: "WriteToLedger" }>;

/** The steps of one role: the nodes that write each. A label can stand in several branches. */
interface RoleType {
  readonly role: string;
  readonly script: Script;
  readonly writes: ReadonlyMap<string, readonly WriteNode[]>;
}

export interface LocalTypes {
  /** The roles that a device plays and whose scripts are known. */
  readonly of: (device: string) => readonly RoleType[];
  /** All roles that a device plays. */
  readonly rolesOf: (device: string) => readonly string[];
  /** Whether the scripts of all of them are known. */
  readonly isWhole: (device: string) => boolean;
  /** Names of all roles. */
  readonly roles: readonly string[];
}

export function localTypes(cast: SessionCast, scripts: ScriptsByRole): LocalTypes {
  const roles = Object.keys(cast);
  const types = new Map<string, RoleType>();
  for (const script of Object.values(scripts)) types.set(script.role, typeOf(script));
  const rolesOf = (device: string) =>
    roles.filter((role) => membersOf(cast, role).includes(device));
  const known = (device: string) => rolesOf(device).flatMap((role) => types.get(role) ?? []);
  const isWhole = (device: string) => rolesOf(device).every((role) => types.has(role));
  return { of: known, rolesOf, isWhole, roles };
}

function typeOf(script: Script): RoleType {
  const writes = new Map<string, WriteNode[]>();
  for (const node of flatten(script.steps)) {
    if (node.instruction !== "WriteToLedger") continue;
    writes.set(node.label, [...(writes.get(node.label) ?? []), node]);
  }
  return { role: script.role, script, writes };
}

/**
 * The scripts of the choreography that is called at `label`: those that the callers' scripts hold.
 */
export function calledScripts(scripts: ScriptsByRole, label: string): ScriptsByRole {
  const called = Object.values(scripts).flatMap(({ steps }) =>
    flatten(steps).flatMap((node) =>
      node.instruction === "RunSubProtocol" && node.label === label
        ? [[node.script.role, node.script] as const]
        : [],
    ),
  );
  return Object.fromEntries(called);
}
