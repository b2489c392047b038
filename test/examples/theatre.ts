/** Plays an example between real endpoints: one device a role, and one each member of a family. */
import { expect } from "vitest";
import type { ProtocolError, Script } from "../../dsl/index.ts";
import { openSession } from "../../runtime/index.ts";
import type { Outcome, Session, SessionCast } from "../../runtime/index.ts";
import { deviceNames, errorOf, found, outcomeOf, stageOf, untilOver } from "../runtime/stage.ts";
import { faultsOf } from "../runtime/monitor/conforming.ts";
import type { Ending, Stage } from "../runtime/stage.ts";

interface Play {
  /** The script of each role; a role that is left out stays silent. */
  readonly scripts: Readonly<Record<string, Script>>;
  /** Who plays what; devices in the order of the scripts where not given. */
  readonly cast?: SessionCast;
  readonly params?: unknown;
  /** What each device brings, by role or by device. */
  readonly inputs?: Readonly<Record<string, object>>;
  /** What a device plays instead of its role's script; `null` where it does not come. */
  readonly instead?: Readonly<Record<string, Script | null>>;
  /** The stage of an earlier play, with its ledger. */
  readonly stage?: Stage;
}

export interface Played {
  /** How each device ended, by its id. */
  readonly endings: ReadonlyMap<string, Ending>;
  /** How the device ended, which must be well. */
  readonly outcome: (device: string) => Outcome;
  /** With what error it ended. */
  readonly error: (device: string) => ProtocolError;
  readonly stage: Stage;
  readonly session: Session;
  /** What was written on the ledger, by step, without the records of how roles ended. */
  readonly said: readonly string[];
  /** The same, each step with its turn where that is not the first. */
  readonly turns: readonly string[];
}

export async function perform({
  scripts,
  params = {},
  inputs = {},
  instead = {},
  ...play
}: Play): Promise<Played> {
  const { stage = stageOf(deviceNames.length) } = play;
  const cast = play.cast ?? castOf(scripts);
  const [script] = Object.values(scripts);
  // On one stage too, each play is a session of its own.
  const nonce = new Uint8Array(16).map((_, byte) => stage.notices.length >> (8 * byte));
  const session = openSession({ roster: stage.roster, script: found(script), params, cast, nonce });
  const running = Object.entries(scripts).flatMap(([role, own]) =>
    [found(cast[role])].flat().flatMap((device) => {
      const played = instead[device] === undefined ? own : instead[device];
      if (played === null) return [];
      const { sealing } = stage.device(device);
      const brought = { sealing, ...inputs[role], ...inputs[device] };
      const part = { script: played, scripts, session, device, inputs: brought };
      return [stage.play(part).then((ending): [string, Ending] => [device, ending])];
    }),
  );
  await untilOver(stage);
  const endings = new Map(await Promise.all(running));
  // Every play is a test of the monitor: it finds no fault with an honest device.
  for (const { id } of stage.devices) {
    expect(faultsOf(stage.ledger(id), session, scripts, Object.keys(instead))).toEqual([]);
  }
  return {
    ...{ endings, stage, session, ...saidIn(stage, session) },
    outcome: (device) => outcomeOf(endings.get(device)),
    error: (device) => errorOf(endings.get(device)),
  };
}

function castOf(scripts: Play["scripts"]): SessionCast {
  const roles = Object.keys(scripts);
  return Object.fromEntries(roles.map((role, at) => [role, deviceNames[at] ?? ""]));
}

function saidIn(stage: Stage, session: Session): Pick<Played, "said" | "turns"> {
  const events = stage.ledger("alice").events({ session: session.id });
  const said = events.filter(({ step }) => !/^(?:completed|aborted)\./.test(step));
  return {
    said: said.map(({ step }) => step),
    turns: said.map(({ step, iteration }) => (iteration === 0 ? step : `${step}#${iteration}`)),
  };
}

/** What a device knows at the end, where it ended well. */
export function factsOf({ outcome }: Played, device: string): Readonly<Record<string, unknown>> {
  return outcome(device).facts;
}

/** That all ended well; otherwise the first error. */
export function expectAllWell({ endings }: Played): void {
  for (const ending of endings.values()) outcomeOf(ending);
}
