/** What a monitor says of the events on a ledger. */
import type { Ledger, ScriptsByRole, Session } from "../../../runtime/index.ts";
import { SessionMonitor } from "../../../runtime/monitor/monitor.ts";

/** In causal order: `step#turn of device: conforms`, or the code of the rule that is broken. */
function verdictsOn(ledger: Ledger, session: Session, scripts: ScriptsByRole): readonly string[] {
  const monitor = new SessionMonitor({ session, scripts, get: (hash) => ledger.get(hash) });
  return ledger.events({ session: session.id }).map((event) => {
    const verdict = monitor.judge(event);
    const said =
      verdict.status === "violates"
        ? `${verdict.violation.code} (${verdict.violation.what})`
        : verdict.status;
    return `${event.step}#${event.iteration} of ${event.author}: ${said}`;
  });
}

/** Verdicts on honest devices that find a fault. */
export function faultsOf(
  ledger: Ledger,
  session: Session,
  scripts: ScriptsByRole,
  cheats: readonly string[] = [],
): readonly string[] {
  return verdictsOn(ledger, session, scripts).filter(
    (verdict) =>
      !/: (?:conforms|waiting)$/.test(verdict) &&
      !cheats.some((cheat) => verdict.includes(` of ${cheat}:`)),
  );
}
