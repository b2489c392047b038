/** The devices of an account, each with its own Automerge replica, joined by in-process channels. */
import {
  AutomergeLedger,
  DeviceAgent,
  accountRoster,
  inProcessChannel,
  publicSide,
  replicate,
} from "../../runtime/index.ts";
import type {
  AccountRoster,
  Device,
  Observer,
  OutcomesByRole,
  ScriptsByRole,
  Session,
  TimeSource,
} from "../../runtime/index.ts";

export interface Fleet {
  readonly roster: AccountRoster;
  readonly devices: readonly Device[];
  /** Runs a session on all devices; each device's outcomes by role, in the order of the devices. */
  run<const Scripts extends ScriptsByRole>(
    session: Session,
    scripts: Scripts,
    inputs: (device: Device, index: number) => unknown,
  ): Promise<readonly OutcomesByRole<Scripts>[]>;
  /** Disconnects the replicas. */
  close(): void;
}

/** Opens a replica for every device and connects each pair of them. */
export function openFleet(devices: readonly Device[], time: TimeSource, observe: Observer): Fleet {
  const roster = accountRoster(devices.map(publicSide));
  const stations = devices.map((device) => {
    const ledger = new AutomergeLedger({ roster, device: device.id });
    return { device, ledger, agent: new DeviceAgent({ device, ledger, time, observe }) };
  });
  const closers = stations.flatMap((station, index) =>
    stations.slice(index + 1).flatMap((other) => {
      const [near, far] = inProcessChannel();
      return [
        replicate(station.ledger, near, other.device.id),
        replicate(other.ledger, far, station.device.id),
        near,
      ];
    }),
  );
  return {
    roster,
    devices,
    run: (session, scripts, inputs) =>
      Promise.all(
        stations.map(({ agent, device }, index) =>
          agent.run(session, scripts, inputs(device, index)),
        ),
      ),
    close: () => {
      for (const closer of closers) closer.close();
    },
  };
}
