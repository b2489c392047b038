/** The head of a choreography: its roles, session type, parameters and abort event. */
import type { ActionContext, CommonContext } from "./context.ts";
import type { AbortEvent } from "./event.ts";
import type { SessionFault } from "./notation/notation.ts";
import type { Cast, Everyone, RoleName, Roles } from "./role.ts";

/** Names a type where a value is asked for; see `type`. */
export interface TypeWitness<T> {
  readonly witness?: (value: T) => T;
}

/** Says what type a choreography's parameters have: `params: type<DkdParams>()`. */
export function type<T>(): TypeWitness<T> {
  return Object.freeze({});
}

/** Facts, by the role that knows them; under `everyone` stands what all know. */
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
  /** What every action is given beside facts; `common` is what is the same on every device. */
  readonly own: unknown;
  readonly common: unknown;
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
  readonly own: ActionContext<Params, Device, Cast<Ones, Families>>;
  readonly common: CommonContext<Params, Cast<Ones, Families>>;
  readonly abort: Abort;
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
