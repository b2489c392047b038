/** A device that takes part in sessions: it runs the script of each role that it plays. */
import type { Device } from "../device.ts";
import { membersOf } from "../amounts.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { ScriptsByRole } from "../monitor/local-types.ts";
import { announce } from "../opening.ts";
import type { Observer } from "../notice.ts";
import type { Outcome } from "../outcome/role.ts";
import { runScript } from "../run.ts";
import type { Session } from "../session.ts";
import type { TimeSource } from "../time/time-source.ts";

export interface AgentOptions {
  readonly device: Device;
  readonly ledger: Ledger;
  readonly time: TimeSource;
  readonly observe?: Observer;
}

/** The outcomes of the roles that a device played. */
export type OutcomesByRole<Scripts extends ScriptsByRole> = {
  readonly [Role in keyof Scripts]?: Outcome<Scripts[Role]>;
};

export class DeviceAgent {
  readonly #options: AgentOptions;

  constructor(options: AgentOptions) {
    this.#options = options;
  }

  get device(): Device {
    return this.#options.device;
  }

  /**
   * Takes part in a session: runs the script of every role that this device plays, side by side.
   *
   * @param inputs what the device brings and keeps to itself; the choreography's `device`
   * @returns the outcome of each role, by its name
   * @throws ProtocolError of the first role that failed, once all have ended
   */
  async run<const Scripts extends ScriptsByRole>(
    session: Session,
    scripts: Scripts,
    inputs: unknown,
  ): Promise<OutcomesByRole<Scripts>> {
    const own = Object.entries(scripts).filter(([role]) => this.#plays(session, role));
    if (own.length > 0) announce({ ...this.#options, session });
    const endings = await Promise.allSettled(
      own.map(([, script]) => runScript({ ...this.#options, session, script, scripts, inputs })),
    );
    const outcomes = own.map(([role], index) => {
      const ending = endings[index];
      if (ending?.status !== "fulfilled") throw ending?.reason;
      return [role, ending.value] as const;
    });
    return Object.fromEntries<unknown>(outcomes) as OutcomesByRole<Scripts>;
  }

  #plays({ cast }: Session, role: string): boolean {
    return membersOf(cast, role).includes(this.#options.device.id);
  }
}
