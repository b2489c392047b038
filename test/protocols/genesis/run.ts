/** A whole genesis on a perfect ledger. */
import { expect } from "vitest";
import type { Script } from "../../../dsl/index.ts";
import { genesisScripts } from "../../../protocols/index.ts";
import type { Session } from "../../../runtime/index.ts";
import type { SignedEvent } from "../../../runtime/ledger/envelope.ts";
import { faultsOf } from "../../runtime/monitor/conforming.ts";
import { stageOf, untilOver } from "../../runtime/stage.ts";
import type { Ending, Stage } from "../../runtime/stage.ts";
import { generate, genesisSession } from "../fleet.ts";

export interface GenesisRun {
  readonly stage: Stage;
  readonly session: Session;
  /** Of alice, bob and so on. */
  readonly endings: readonly Ending[];
  readonly events: readonly SignedEvent[];
}

/** Runs a genesis between the first `size` devices, in which bob follows a script of his own. */
export async function runGenesis(
  threshold: number,
  size: number,
  bob: Script = genesisScripts.member,
): Promise<GenesisRun> {
  const stage = stageOf(size);
  const session = genesisSession(stage, threshold);
  const all = stage.devices.map(({ id }) =>
    generate(stage, session, id, id === "bob" ? bob : genesisScripts.member),
  );
  await untilOver(stage);
  const endings = await Promise.all(all);
  const events = stage.ledger("alice").events({ session: session.id });
  const cheats = bob === genesisScripts.member ? [] : ["bob"];
  expect(faultsOf(stage.ledger("alice"), session, genesisScripts, cheats)).toEqual([]);
  return { stage, session, endings, events };
}
