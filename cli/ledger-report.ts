/** How `aura ledger inspect` prints what it found. */
import type { LedgerInspection, SessionInspection } from "../runtime/node.ts";

export function ledgerAsText(inspection: LedgerInspection): readonly string[] {
  const { account, device, devices, incarnation, epoch, events, stateHash } = inspection;
  return [
    `account ${account}`,
    `device ${device} of ${devices.join(", ")}, opened ${incarnation} times`,
    `${counted(events, "event")} up to epoch ${epoch}, state ${stateHash}`,
    ...inspection.sessions.flatMap(sessionLines),
    ...unclosedLines(inspection),
    ...quarantineLines(inspection),
    ...problemLines(inspection),
  ];
}

export function ledgerAsJson(inspection: LedgerInspection): string {
  const quarantine = inspection.quarantine.map(({ reason, detail, bytes }) => {
    return { reason, detail, bytes: Buffer.from(bytes).toString("hex") };
  });
  return JSON.stringify({ ...inspection, quarantine }, undefined, 2);
}

function sessionLines(inspection: SessionInspection): readonly string[] {
  const { session, isAccount, status, events, equivocations, forks } = inspection;
  return [
    "",
    `${isAccount ? "account's own session" : "session"} ${session}: ${counted(events.length, "event")}${status === undefined ? "" : `, ${status}`}`,
    ...events.map(({ hash, author, step, iteration, type, nonce, epoch }) => {
      const turn = iteration === 0 ? "" : ` #${iteration}`;
      return `  ${short(hash)} ${author} ${step}${turn} ${type}, nonce ${nonce}, epoch ${epoch}`;
    }),
    ...equivocations.map(({ author, step, iteration, hashes }) => {
      const turn = iteration === 0 ? "" : ` #${iteration}`;
      return `  evidence: ${author} wrote ${step}${turn} in two ways: ${hashes.map(short).join(", ")}`;
    }),
    ...forks.map(({ author, nonce, hashes }) => {
      return `  evidence: ${author} used nonce ${nonce} twice: ${hashes.map(short).join(", ")}`;
    }),
  ];
}

function unclosedLines({ unclosed }: LedgerInspection): readonly string[] {
  if (unclosed.length === 0) return [];
  return [
    "",
    `closed by the group, with other events than here: ${unclosed.length}`,
    ...unclosed.map(({ session, events, loose }) => {
      const hashes = loose.slice(0, 8).map(short).join(", ");
      return `  session ${session}: ${counted(events, "event")}, not followed by others: ${hashes}`;
    }),
  ];
}

function quarantineLines({ quarantine }: LedgerInspection): readonly string[] {
  if (quarantine.length === 0) return [];
  return [
    "",
    `refused: ${quarantine.length}`,
    ...quarantine.map(({ reason, detail }) => `  ${reason}: ${printable(detail)}`),
  ];
}

function problemLines({ problems, recovered, lost }: LedgerInspection): readonly string[] {
  return [
    ...(problems.length === 0 ? [] : ["", `damage: ${counted(problems.length, "file")}`]),
    ...problems.map(({ file, fault, detail }) => `  ${printable(file)}: ${fault}, ${detail}`),
    ...(recovered === 0 ? [] : [`  ${counted(recovered, "event")} of these from documents only`]),
    ...(lost === 0 ? [] : [`  ${counted(lost, "event")} lost: peers may have them`]),
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function short(hash: string): string {
  return hash.slice(0, 12);
}

/** Peers choose these words: no control character of theirs reaches a terminal. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{C}]/gu, "\u{fffd}");
}
