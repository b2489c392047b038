/** What roles a choreography or a callee declares. */

/** What of a choreography roles are looked up in. */
export interface Head {
  readonly name: string;
  readonly roles: Readonly<Record<string, "one" | "many">>;
}

/** The kind of a declared role; names that objects have are no roles. */
export function kindOf(role: string, { roles }: Head): "one" | "many" | undefined {
  return Object.hasOwn(roles, role) ? roles[role] : undefined;
}
