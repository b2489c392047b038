/** The client: it puts and gets, request by request. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { CloseStore, GetValue, PutValue } from "./events.ts";

/** A request with a value puts it. */
interface Request {
  readonly key: string;
  readonly value?: string;
}

export interface Client {
  readonly requests: readonly Request[];
}

interface Requesting {
  readonly device: Client;
  readonly turn: number;
}

export function decide({ device, turn }: Requesting): "Put" | "Get" | "Close" {
  const request = device.requests[turn];
  if (request === undefined) return "Close";
  return request.value === undefined ? "Get" : "Put";
}

export function put({ device, turn }: Requesting): PayloadOf<typeof PutValue> {
  const { key = "", value = "" } = device.requests[turn] ?? {};
  return { key, value };
}

export function get({ device, turn }: Requesting): PayloadOf<typeof GetValue> {
  return { key: device.requests[turn]?.key ?? "" };
}

export function close({ turn }: Requesting): PayloadOf<typeof CloseStore> {
  return { requests: turn };
}
