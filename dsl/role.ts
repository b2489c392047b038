/** Roles: a `one` role is played by a single device, a `many` role by every device of a family. */

export interface One {
  readonly kind: "one";
}

export interface Many {
  readonly kind: "many";
}

/** Declares a role that one device plays. */
export const one: One = Object.freeze({ kind: "one" });

/** Declares a role family: any number of devices play it, each for itself. */
export const many: Many = Object.freeze({ kind: "many" });

/** The place of a `local` step that every device of every role computes. */
export const everyone = "everyone";

export type Everyone = typeof everyone;

/** The roles of a choreography, by name. */
export type Roles = Readonly<Record<string, One | Many>>;

/** Names of all roles in `R`. */
export type RoleName<R extends Roles> = keyof R & string;

/** Who plays what in a session: a device id for a `one` role, all device ids for a family. */
export type Cast<Ones extends string = string, Families extends string = never> = {
  readonly [K in Ones | Families]: K extends Families ? readonly string[] : string;
};
