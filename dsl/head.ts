/** The head of a choreography: its roles, session type, parameters and abort event. */
import type { ActionContext, CommonContext } from "./context.ts";
import type { AbortEvent } from "./event.ts";
import type { SessionFault } from "./notation.ts";
import type { Cast, Everyone, RoleName, Roles } from "./role.ts";

/** Names a type where a value is asked for; see `type`. */
export interface TypeWitness<T> {
  readonly witness?: (value: T) => T;
}

/** Says what type a choreography's parameters have: `params: type<DkdParams>()`. */
export function type<T>(): TypeWitness<T> {
  return Object.freeze({});
}

/** Facts by the role that knows them; under `everyone` stands what all know. */
export type AnyFacts = { readonly [role: string]: unknown };

/**
 * Type level: the head of a choreography. It holds names and types of the author's, worked out once:
 * every step of the chain reads them.
 */
export interface HeadType {
  readonly name: string;
  /** Names of the roles that one device plays. */
  readonly ones: string;
  /** Names of the role families. */
  readonly families: string;
  /** Names of all roles. */
  readonly roles: string;
  /** Names of all roles, and `everyone`. */
  readonly all: string;
  readonly params: unknown;
  /** Names of the numeric parameters. */
  readonly counts: string;
  /** What an action is given by the role that runs it, beside the facts of this part of the chain. */
  readonly given: AnyFacts;
  /** The facts among that: those of the chain around this part. */
  readonly before: AnyFacts;
  readonly abort: AbortEvent;
}

export interface Head<
  Name extends string,
  Ones extends string,
  Families extends string,
  Params,
  Device,
  Abort extends AbortEvent,
> extends HeadType {
  readonly name: Name;
  readonly ones: Ones;
  readonly families: Families;
  readonly roles: Ones | Families;
  readonly all: Ones | Families | Everyone;
  readonly params: Params;
  readonly counts: NumberParam<Params>;
  readonly given: Given<
    Ones | Families,
    ActionContext<Params, Device, Cast<Ones, Families>>,
    CommonContext<Params, Cast<Ones, Families>>
  >;
  readonly before: Readonly<Record<Ones | Families | Everyone, unknown>>;
  readonly abort: Abort;
}

/** Under `any` stands what every device has for itself, whichever role it plays. */
type Given<RoleNames extends string, Own, Common> = {
  readonly [K in RoleNames | Everyone | "~any"]: K extends Everyone ? Common : Own;
};

/** The head inside a branch or a block: what was known before it is given to its actions too. */
export interface HeadInside<H extends HeadType, Facts extends AnyFacts, More> extends HeadType {
  readonly name: H["name"];
  readonly ones: H["ones"];
  readonly families: H["families"];
  readonly roles: H["roles"];
  readonly all: H["all"];
  readonly params: H["params"];
  readonly counts: H["counts"];
  readonly given: {
    readonly [K in keyof H["given"]]: H["given"][K] & Facts[K extends "~any" ? Everyone : K] & More;
  };
  readonly before: { readonly [K in H["all"]]: H["before"][K] & Facts[K] };
  readonly abort: H["abort"];
}

/** What an action inside a recursion is told beside. */
export interface Turn {
  /** Which turn of the innermost recursion this is, from 0. */
  readonly turn: number;
}

/** Names of the numeric parameters in `Params`. */
type NumberParam<Params> = {
  [K in keyof Params]: Params[K] extends number ? K : never;
}[keyof Params] &
  string;

/** What is wrong with the roles' names, as a sentence; `never` where nothing is. */
type RolesFault<R extends Roles> = [keyof R] extends [never]
  ? "the choreography has no roles"
  : {
      [K in RoleName<R>]: K extends Everyone
        ? `'${K}' cannot be a role's name`
        : string extends K
          ? never
          : K extends Uncapitalize<K>
            ? never
            : `the role '${K}' is not a camelCase name`;
    }[RoleName<R>];

export interface ChoreographyOptions<
  R extends Roles,
  S extends string,
  Params,
  Device,
  Abort extends AbortEvent,
> {
  /** The roles, by name: `{ coordinator: one, participant: many }`. */
  readonly roles: [RolesFault<R>] extends [never] ? R : RolesFault<R>;
  /** The session type: `"Initiate . Commit* . Finalize"`. */
  readonly session: [SessionFault<S>] extends [never] ? S : SessionFault<S>;
  /** Type of the session's public parameters. */
  readonly params: TypeWitness<Params>;
  /** Type of what each device brings and keeps to itself. */
  readonly device?: TypeWitness<Device>;
  /** The event that a device writes when it gives the session up. */
  readonly abort: Abort;
}
