/** Plays an example between real devices, on a virtual clock. */
import type { ProtocolError, Script } from "../../dsl/index.ts";
import { openSession } from "../../runtime/index.ts";
import type { Outcome, Session, SessionCast } from "../../runtime/index.ts";
import { errorOf, found, outcomeOf, stageOf, untilOver } from "../runtime/stage.ts";
import type { Ending, Stage } from "../runtime/stage.ts";

interface Play {
  /** By role. */
  readonly scripts: Readonly<Record<string, Script>>;
  readonly cast: SessionCast;
  readonly params?: object;
  /** What each device brings, by device. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Cheats: what a device plays instead of its role's script; `null` where it does not come. */
  readonly instead?: Readonly<Record<string, Script | null>>;
  /** Another stage than a new one, on which a session was played before. */
  readonly stage?: Stage;
}

interface Played {
  readonly stage: Stage;
  readonly session: Session;
  /** How the device's role ended, which must be well. */
  readonly outcome: (device: string) => Outcome;
  /** With which error its role ended. */
  readonly error: (device: string) => ProtocolError;
  /** The steps on the ledger, each with its turn where it is not the first. */
  readonly steps: readonly string[];
}

/** Plays a session to its end. */
export async function played(play: Play): Promise<Played> {
  const { stage, session, endings } = start(play);
  await untilOver(stage);
  const ended = new Map<string, Ending>();
  for (const [device, ending] of endings) ended.set(device, await ending);
  const events = stage.ledger("alice").events({ session: session.id });
  return {
    stage,
    session,
    outcome: (device) => outcomeOf(ended.get(device)),
    error: (device) => errorOf(ended.get(device)),
    steps: events.map(({ step, iteration }) => (iteration === 0 ? step : `${step}#${iteration}`)),
  };
}

/** Starts a session. */
export function start({ scripts, cast, params = {}, inputs = {}, instead = {}, ...rest }: Play) {
  const { stage = stageOf(5) } = rest;
  // A session of its own for each, on one stage too.
  const nonce = new Uint8Array(16).map((_, byte) => stage.notices.length >> (8 * byte));
  const script = found(Object.values(scripts)[0]);
  const session = openSession({ roster: stage.roster, script, params, cast, nonce });
  const endings = Object.entries(cast).flatMap(([role, devices]) =>
    [devices].flat().flatMap((device): readonly (readonly [string, Promise<Ending>])[] => {
      const its = device in instead ? instead[device] : scripts[role];
      if (its === null) return [];
      const part = { script: found(its), session, device, inputs: inputs[device] ?? {} };
      return [[device, stage.play(part)]];
    }),
  );
  return { stage, session, endings };
}
