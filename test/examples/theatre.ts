/** Plays an example between real endpoints: one device a role, and one each member of a family. */
import type { Script } from "../../dsl/index.ts";
import { openSession } from "../../runtime/index.ts";
import type { Session, SessionCast } from "../../runtime/index.ts";
import { deviceNames, found, outcomeOf, stageOf, untilOver } from "../runtime/stage.ts";
import type { Ending, Stage } from "../runtime/stage.ts";

export interface Play {
  /** The script of each role; a role that is left out stays silent. */
  readonly scripts: Readonly<Record<string, Script>>;
  /** Who plays what; devices in the order of the scripts where not given. */
  readonly cast?: SessionCast;
  readonly params?: unknown;
  /** What each device brings, by role. */
  readonly inputs?: Readonly<Record<string, object>>;
}

export interface Played {
  /** How each device ended, by its id. */
  readonly endings: ReadonlyMap<string, Ending>;
  readonly stage: Stage;
  readonly session: Session;
  /** What was written on the ledger, by step, without the records of how roles ended. */
  readonly said: readonly string[];
}

export async function perform({
  scripts,
  params = {},
  inputs = {},
  ...play
}: Play): Promise<Played> {
  const stage = stageOf(deviceNames.length);
  const roles = Object.keys(scripts);
  const cast =
    play.cast ?? Object.fromEntries(roles.map((role, at) => [role, deviceNames[at] ?? ""]));
  const [script] = Object.values(scripts);
  const nonce = new Uint8Array(16);
  const session = openSession({ roster: stage.roster, script: found(script), params, cast, nonce });
  const running = Object.entries(scripts).flatMap(([role, own]) =>
    [found(cast[role])].flat().map(async (device): Promise<[string, Ending]> => {
      const { sealing } = stage.device(device);
      const part = { script: own, session, device, inputs: { sealing, ...inputs[role] } };
      return [device, await stage.play(part)];
    }),
  );
  await untilOver(stage);
  const ledger = stage.ledger("alice");
  const steps = ledger.events({ session: session.id }).map(({ step }) => step);
  const said = steps.filter((step) => !/^(?:completed|aborted)\./.test(step));
  return { endings: new Map(await Promise.all(running)), stage, session, said };
}

/** What a device knows at the end, where it ended well. */
export function factsOf({ endings }: Played, device: string): Readonly<Record<string, unknown>> {
  return outcomeOf(endings.get(device)).facts;
}

/** That all ended well; otherwise the first error. */
export function expectAllWell({ endings }: Played): void {
  for (const ending of endings.values()) outcomeOf(ending);
}
