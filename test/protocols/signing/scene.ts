/** Five devices with a 3-of-5 key that sign: on one ledger, with vaults that outlive a run. */
import type { Script, Verdict } from "../../../dsl/index.ts";
import { accepted } from "../../../dsl/index.ts";
import {
  NonceVault,
  memoryMarks,
  signingPackage,
  signingScripts,
  signingSession,
} from "../../../protocols/index.ts";
import type { Proposal, SigningSession } from "../../../protocols/index.ts";
import type { PayloadOf } from "../../../dsl/index.ts";
import type { FinalizeSignature } from "../../../protocols/index.ts";
import { seededEntropy } from "../../../runtime/crypto/entropy.ts";
import type { Ledger } from "../../../runtime/index.ts";
import { found, outcomeOf, stageOf } from "../../runtime/stage.ts";
import type { Ending, Stage } from "../../runtime/stage.ts";
import { dealShares } from "../fleet.ts";

export const shares = dealShares(3, 5);
export const keyset = signingPackage(found(shares[0]).publicPackage);
export const message = new TextEncoder().encode("add the tablet");
export const everyone = ["alice", "bob", "carol", "dave", "erin"];

export interface Scene {
  readonly stage: Stage;
  readonly session: SigningSession;
}

/** A session of these signers, which the first of them coordinates. */
export function scene(signers: readonly string[] = everyone, ledgers?: "own"): Scene {
  const stage = stageOf(5, ledgers);
  return { stage, session: sessionOf(stage, signers) };
}

function sessionOf(stage: Stage, signers: readonly string[], nonce = 0): SigningSession {
  return signingSession({
    roster: stage.roster,
    purpose: "test",
    message,
    keyset,
    members: everyone,
    coordinator: found(signers[0]),
    signers,
    nonce: new Uint8Array(16).fill(nonce),
  });
}

let vaults = 0;

/** A vault of a process of its own: nonces that no other has drawn. */
export function vault(marks = memoryMarks()): NonceVault {
  vaults += 1;
  return new NonceVault({ marks, random: seededEntropy("vault", String(vaults)) });
}

export interface Changes {
  readonly scripts?: Partial<Readonly<Record<keyof typeof signingScripts, Script>>>;
  readonly nonces?: NonceVault;
  readonly keyShare?: Uint8Array;
  readonly approve?: (proposal: Proposal) => Verdict;
  readonly ledger?: Ledger;
}

/** Starts the roles of a device; the signer's ending. */
export async function play(
  { stage, session }: Scene,
  device: string,
  changes: Changes = {},
): Promise<Ending> {
  const { coordinator, signer } = { ...signingScripts, ...changes.scripts };
  const inputs = {
    keyShare: changes.keyShare ?? found(shares[everyone.indexOf(device)]).secret,
    nonces: changes.nonces ?? vault(),
    approve: changes.approve ?? (() => accepted),
  };
  const { ledger } = changes;
  const part = { session, device, inputs, ...(ledger === undefined ? {} : { ledger }) };
  const endings = [stage.play({ ...part, script: signer })];
  if (session.cast["coordinator"] === device)
    endings.push(stage.play({ ...part, script: coordinator }));
  return found((await Promise.all(endings))[0]);
}

export function signatureOf(ending: Ending | undefined): Uint8Array {
  return (outcomeOf(ending).result as PayloadOf<typeof FinalizeSignature>).signature;
}

/** The contents of a step, by author. */
export function written<T>({ stage, session }: Scene, step: string, iteration = 0, of = "alice") {
  const events = stage.ledger(of).events({ session: session.id, step, iteration });
  return new Map(events.map(({ author, payload }) => [author, payload as T]));
}
