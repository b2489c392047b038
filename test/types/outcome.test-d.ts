/** What a script's run gives: typed by the script. */
import { expectError, expectType } from "tsd";
import type { Collected } from "../../dsl/index.ts";
import type { RecordDkdCommitment } from "../../protocols/dkd/events.ts";
import type { ConfirmGenesis } from "../../protocols/genesis/events.ts";
import { dkdScripts } from "../../protocols/index.ts";
import type { DerivedKey, KeyShare, genesisScripts } from "../../protocols/index.ts";
import type { DeviceAgent, FactsOf, ResultOf, Session } from "../../runtime/index.ts";

declare const agent: DeviceAgent;
declare const session: Session;

expectType<DerivedKey>({} as ResultOf<typeof dkdScripts.participant>);
expectType<DerivedKey>({} as ResultOf<typeof dkdScripts.coordinator>);
expectType<Collected<ConfirmGenesis>>({} as ResultOf<typeof genesisScripts.member>);
expectType<KeyShare>({} as FactsOf<typeof genesisScripts.member>["Share"]);
expectType<RecordDkdCommitment>(
  {} as FactsOf<typeof dkdScripts.participant>["Commit"][number]["payload"],
);

const outcomes = await agent.run(session, dkdScripts, {});
expectType<DerivedKey | undefined>(outcomes.participant?.result);
expectError(outcomes.guardian);
