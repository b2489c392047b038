/** One call of a protocol that is being unfolded: what its roles and parameters stand for. */
import { nameGiver, reservedWords, camelCaseFrom } from "./names.ts";
import { byAlias, payloadValue, valueTypeOf } from "./payload.ts";
import type { Payload, ValueType } from "./payload.ts";
import { refuseAt } from "./refuse.ts";
import type {
  Do,
  GlobalProtocol,
  Name,
  RoleArgument,
  ScribbleModule,
  Signature,
} from "./syntax.ts";

/** What a message says: its name and its values. */
interface Said {
  readonly name: string;
  readonly payload: Payload;
}

export interface Frame {
  readonly module: ScribbleModule;
  readonly protocol: GlobalProtocol;
  /** The call that this one stands in; the root has none. */
  readonly parent?: Frame;
  /** Whether the call was the last interaction of its caller. */
  readonly isTailCall: boolean;
  /** Equal for calls of the same protocol with the same arguments. */
  readonly key: string;
  /** What such a call goes back to. */
  readonly target: { readonly name: string };
  role(name: Name): string;
  typeOf(name: string): ValueType | undefined;
  said(signature: Signature): Said;
  callAgain(): void;
  isCalledAgain(): boolean;
}

/** A call, by whether the protocol is being unfolded already with the same arguments. */
export type Call =
  | { readonly state: "new"; readonly frame: Frame }
  /** `isTail`: nothing is left to be done after the call in any of the frames in between. */
  | { readonly state: "open"; readonly frame: Frame; readonly isTail: boolean };

interface Arguments {
  /** Our name for a role of the protocol. */
  readonly roleOf: (name: string) => string | undefined;
  readonly types: ReadonlyMap<string, ValueType | undefined>;
  readonly signatures: ReadonlyMap<string, Said>;
}

/** Our names for the roles of a protocol, by theirs. */
export function rolesOf(root: GlobalProtocol): ReadonlyMap<string, string> {
  const names = nameGiver(takenRoleNames);
  return new Map(root.roles.map(({ text }) => [text, names.give(camelCaseFrom(text))]));
}

/** A script's constant has its role's name, which these cannot be. */
const takenRoleNames = ["everyone", ...reservedWords];

/** The frame of the protocol that everything starts from. */
export function startFrame(
  module: ScribbleModule,
  root: GlobalProtocol,
  declared: ReadonlyMap<string, string>,
): Frame {
  const opaque = (name: string): ValueType => ({ kind: "opaque", name });
  const named = (kind: "type" | "sig") =>
    root.parameters.filter((each) => each.kind === kind).map(({ name }) => name.text);
  const payload = (name: string) => [{ type: opaque(name) }];
  return openFrame(
    { module, protocol: root, isTailCall: true },
    {
      roleOf: withStrangers(declared),
      types: new Map(named("type").map((name) => [name, opaque(name)])),
      signatures: new Map(named("sig").map((name) => [name, { name, payload: payload(name) }])),
    },
  );
}

/** Gives names to undeclared roles too: the checker refuses them where they are used. */
function withStrangers(declared: ReadonlyMap<string, string>): Arguments["roleOf"] {
  const names = nameGiver([...takenRoleNames, ...declared.values()]);
  const strangers = new Map<string, string>();
  return (name) => {
    const known = declared.get(name) ?? strangers.get(name) ?? names.give(camelCaseFrom(name));
    if (!declared.has(name)) strangers.set(name, known);
    return known;
  };
}

/** The frame that `call` opens, or goes back to. */
export function frameOf(call: Do, caller: Frame, isTailCall: boolean): Call {
  const { module } = caller;
  const protocol = calleeOf(call, module);
  const roles = boundRoles(call, protocol, caller);
  const frame = openFrame(
    { module, protocol, parent: caller, isTailCall },
    { roleOf: (name) => roles.get(name), ...boundParameters(call, protocol, caller) },
  );
  let isTail = isTailCall;
  for (let open: Frame | undefined = caller; open !== undefined; open = open.parent) {
    if (open.key === frame.key) {
      open.callAgain();
      return { state: "open", frame: open, isTail };
    }
    isTail &&= open.isTailCall;
  }
  return { state: "new", frame };
}

function openFrame(
  call: Pick<Frame, "module" | "protocol" | "parent" | "isTailCall">,
  given: Arguments,
): Frame {
  const { module, protocol } = call;
  const externals = byAlias(module.externals);
  const typeOf = (name: string) => valueTypeOf(name, given.types, externals);
  let calledAgain = false;
  return {
    ...call,
    typeOf,
    key: keyOf(protocol, given),
    target: { name: protocol.name.text },
    role: ({ text, place }) => {
      const role = given.roleOf(text);
      if (role !== undefined) return role;
      throw refuseAt(
        place,
        `'${text}' is no role of the protocol '${protocol.name.text}'`,
        `Use one of its roles: ${protocol.roles.map((known) => known.text).join(", ")}`,
      );
    },
    said: ({ name: { text }, payload }) => {
      if (payload !== undefined) {
        const values = payload.flatMap(({ name, type }) => payloadValue(name, type, typeOf));
        return { name: text, payload: values };
      }
      const bound = given.signatures.get(text);
      if (bound !== undefined) return bound;
      const external = externals.get(text);
      if (external?.kind !== "sig") return { name: text, payload: [] };
      const type: ValueType = { kind: "opaque", name: text, external: external.external };
      return { name: text, payload: [{ type }] };
    },
    callAgain: () => {
      calledAgain = true;
    },
    isCalledAgain: () => calledAgain,
  };
}

function keyOf(protocol: GlobalProtocol, { roleOf, types, signatures }: Arguments): string {
  const roles = protocol.roles.map(({ text }) => roleOf(text));
  return JSON.stringify([protocol.name.text, roles, [...types], [...signatures]]);
}

function calleeOf({ protocol: { text, place } }: Do, module: ScribbleModule): GlobalProtocol {
  const own = `${module.name ?? ""}.`;
  const name = text.startsWith(own) ? text.slice(own.length) : text;
  const found = module.protocols.find((protocol) => protocol.name.text === name);
  if (found !== undefined) return found;
  throw refuseAt(
    place,
    `the protocol '${text}' is not in this file`,
    "Declare it here as 'aux global protocol': other files are not read",
  );
}

function boundRoles(
  call: Do,
  protocol: GlobalProtocol,
  caller: Frame,
): ReadonlyMap<string, string> {
  refuseCount(call, protocol, "role", call.roles.length, protocol.roles.length);
  const bound = new Map(
    protocol.roles.map(({ text }, index) => {
      const argument = argumentFor(text, index, call.roles);
      if (argument !== undefined) return [text, caller.role(argument.role)];
      throw refuseAt(
        call.place,
        `nobody is given for the role '${text}' of '${protocol.name.text}'`,
        `Say who it is: '… as ${text}'`,
      );
    }),
  );
  if (new Set(bound.values()).size === bound.size) return bound;
  throw refuseAt(
    call.place,
    `one role is given for two roles of '${protocol.name.text}'`,
    "Give a different role for each",
  );
}

/** The argument for the role `name`: by its name where the call gives names, else by its position. */
function argumentFor(
  name: string,
  index: number,
  given: readonly RoleArgument[],
): RoleArgument | undefined {
  const named = given.find((argument) => argument.as?.text === name);
  if (named !== undefined) return named;
  const argument = given[index];
  return argument?.as === undefined ? argument : undefined;
}

function boundParameters(
  call: Do,
  { parameters, ...protocol }: GlobalProtocol,
  caller: Frame,
): Pick<Arguments, "types" | "signatures"> {
  refuseCount(call, protocol, "parameter", call.types.length, parameters.length);
  const types = new Map<string, ValueType | undefined>();
  const signatures = new Map<string, Said>();
  for (const [index, { kind, name }] of parameters.entries()) {
    const given = call.types[index];
    if (given === undefined) continue;
    if (kind === "type") types.set(name.text, caller.typeOf(given.name.text));
    else signatures.set(name.text, caller.said(given));
  }
  return { types, signatures };
}

function refuseCount(
  call: Do,
  { name }: Pick<GlobalProtocol, "name">,
  what: string,
  given: number,
  wanted: number,
): void {
  if (given === wanted) return;
  const plural = wanted === 1 ? what : `${what}s`;
  throw refuseAt(
    call.place,
    `'${name.text}' has ${wanted} ${plural}, and the call gives ${given}`,
    "Give one for each",
  );
}
