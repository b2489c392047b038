/**
 * The language: a choreography is a chain of steps, and the session type at its head decides which
 * step may come next; see `Chain`.
 */
import { buildChain } from "./chain/build.ts";
import type { Chain } from "./chain/chain.ts";
import type { Halted } from "./chain/halted.ts";
import type { AbortEvent } from "./event.ts";
import type { ChoreographyOptions, Head } from "./head.ts";
import type { Nil, ParseSession, SessionFault } from "./notation/notation.ts";
import type { Everyone, Many, One, RoleName, Roles } from "./role.ts";

/** The chain of a choreography that has no steps yet; a session with a fault expects nothing. */
type OpenChain<
  Name extends string,
  R extends Roles,
  S extends string,
  Params,
  Device,
  Abort extends AbortEvent,
> = [SessionFault<S>] extends [never]
  ? Chain<
      Head<
        Name,
        // Template literals make unions of names alone. As they come from `R`, they refer to it: the
        // compiler would walk it at each step, and could print an alias instead of the roles.
        `${{ [K in RoleName<R>]: R[K] extends One ? K : never }[RoleName<R>]}`,
        `${{ [K in RoleName<R>]: R[K] extends Many ? K : never }[RoleName<R>]}`,
        Params,
        Device,
        Abort
      >,
      ParseSession<S>,
      Readonly<Record<RoleName<R> | Everyone, unknown>>,
      never,
      Nil,
      unknown,
      never
    >
  : Halted;

/**
 * Opens a choreography.
 *
 * @param name the protocol's name, unique in the program
 * @param options its roles, session type, parameters, and abort event
 * @returns a chain that takes the steps in the order of the session type
 * @throws ProtocolError `InvalidDeclaration` where the compiler was not asked
 */
export function choreography<
  const Name extends string,
  const R extends Roles,
  const S extends string,
  Params,
  Abort extends AbortEvent,
  Device = unknown,
>(
  name: Name,
  options: ChoreographyOptions<R, S, Params, Device, Abort>,
): OpenChain<Name, R, S, Params, Device, Abort> {
  const { roles, session, abort } = options;
  // The boundary between the language's types and its data: `Chain` says what each call may be.
  const chain: unknown = buildChain(name, roles as Roles, session, abort);
  return chain as OpenChain<Name, R, S, Params, Device, Abort>;
}
