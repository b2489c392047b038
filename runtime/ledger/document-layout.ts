/** Where in a document an event stands, and what a change says about the events in it. */

import * as Automerge from "@automerge/automerge/slim";

import { equalBytes, sha256, toHex } from "../crypto/hash.ts";
import { type PackedChange, unpack } from "./chunk.ts";
import { rowsOf } from "./chunk-rows.ts";
import type { DocumentName } from "./document.ts";
import { singlePut } from "./single-put.ts";

/** `bucketed`: under a key of two digits, a map for each, so that no map grows large. */
export type Layout = "flat" | "bucketed";

/** One operation of a change, as far as it concerns events. */
export type Entry =
  | {
      readonly kind: "put";
      readonly key: string;
      readonly bytes: Uint8Array;
      readonly fresh: boolean;
    }
  | { readonly kind: "deleted"; readonly key: string }
  /** Anything that a replica of this program does not write. */
  | { readonly kind: "foreign"; readonly key: string };

export interface ReadChange {
  readonly hash: string;
  readonly actor: string;
  readonly deps: readonly string[];
  readonly entries: readonly Entry[];
}

export const GENESIS_ACTOR = "00".repeat(16);

const BUCKETS = 256;
/** Operations of one change. This program's own have one an event of a batch, or one a bucket. */
const MAX_CHANGE_OPERATIONS = 1024;
/** The operations that the decoder gives are wider than its types: bytes come as a list of numbers. */
interface Operation {
  readonly action: string;
  readonly obj: string;
  readonly key: string;
  readonly pred: readonly string[];
  readonly value?: unknown;
}

/** The key in the root of the bucket that this event belongs in. */
export function bucketOf(hash: string): string {
  return hash.slice(0, 2);
}

/** The id of that bucket: the operation of the first change that made it. */
export function bucketId(hash: string): string {
  return `${Number.parseInt(bucketOf(hash), 16) + 1}@${GENESIS_ACTOR}`;
}

/** Reads a change without applying it. Throws where it is malformed. */
export function readChange(change: Uint8Array, layout: Layout): ReadChange {
  const packed = unpack(change);
  const digest = sha256(packed.hashed);
  if (!equalBytes(digest.subarray(0, packed.checksum.length), packed.checksum)) {
    throw new Error("the checksum of the change is wrong");
  }
  const put = layout === "flat" ? singlePut(packed) : undefined;
  if (put === undefined) return decoded(change, packed, layout);
  return {
    hash: toHex(digest),
    actor: toHex(packed.actor),
    deps: packed.deps.map(toHex),
    entries: [{ kind: "put", key: put.key, bytes: put.value, fresh: true }],
  };
}

/** Throws for a change of more operations than this program makes, before it is expanded. */
export function assertBounded(packed: PackedChange): void {
  const rows = rowsOf(packed);
  if (rows > MAX_CHANGE_OPERATIONS) throw new Error(`${rows} operations in one change`);
}

function decoded(change: Uint8Array, packed: PackedChange, layout: Layout): ReadChange {
  assertBounded(packed);
  const { hash, actor, deps, ops } = Automerge.decodeChange(change);
  return { hash, actor, deps, entries: ops.map((operation) => entryOf(operation, layout)) };
}

/** The first change of every document of this name: it gives replicas a common ancestor. */
export function genesisChange(account: string, name: DocumentName, layout: Layout): Uint8Array {
  const { session, epoch, generation } = name;
  const buckets = layout === "flat" ? [] : Array.from({ length: BUCKETS }, (_, at) => at);
  return Automerge.encodeChange({
    actor: GENESIS_ACTOR,
    author: null,
    seq: 1,
    startOp: 1,
    time: 0,
    message: `aura/document/v2/${account}/${session}/${epoch}/${generation}`,
    deps: [],
    ops: buckets.map((at) => ({
      action: "makeMap" as const,
      obj: "_root",
      key: at.toString(16).padStart(2, "0"),
      pred: [],
    })),
  });
}

function entryOf({ action, obj, key, pred, value }: Operation, layout: Layout): Entry {
  if (action === "del") return { kind: "deleted", key };
  const home = layout === "flat" ? "_root" : bucketId(key);
  if (action !== "set" || obj !== home || !isByteList(value)) return { kind: "foreign", key };
  return { kind: "put", key, bytes: Uint8Array.from(value), fresh: pred.length === 0 };
}

function isByteList(value: unknown): value is readonly number[] {
  return Array.isArray(value);
}
