/** Schemas of payloads: what is not the interface's is refused, field by field. */
import { expectAssignable, expectError, expectType } from "tsd";
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType, NoPayload, PayloadSchema } from "../../dsl/index.ts";
import {
  abortPayload,
  anything,
  boolean,
  bytes,
  integer,
  list,
  nothing,
  nullable,
  oneOf,
  optional,
  record,
  table,
  text,
  where,
} from "../../runtime/schema.ts";
import type { Schema } from "../../runtime/schema.ts";

interface Order {
  readonly title: string;
  readonly copies: number;
  readonly note?: string | undefined;
  readonly gifts: readonly string[];
}

const fields = { title: text(), copies: integer(), note: optional(text()), gifts: list(text()) };

// The event carries the interface, by its name.
const Ordered = event("Ordered", record<Order>(fields), "device");
expectType<EventType<"Ordered", Order>>(Ordered);
const annotated: EventType<"Ordered", Order> = event("Ordered", record(fields), "device");
expectType<EventType<"Stopped", AbortPayload>>(event("Stopped", abortPayload, "device"));
expectType<EventType<"Left", NoPayload>>(event("Left", nothing, "device"));

// A field of another type, one too few, one too many, and one that may be missing and must not be.
expectError(record<Order>({ ...fields, copies: text() }));
expectError(record<Order>({ ...fields, gifts: list(integer()) }));
expectError(record<Order>({ title: text(), copies: integer(), gifts: list(text()) }));
expectError(record<Order>({ ...fields, extra: text() }));
expectError(record<Order>({ ...fields, title: optional(text()) }));
expectError(record<Order>({ ...fields, title: nullable(text()) }));
expectError(record<Order>({ ...fields, title: anything() }));

// The annotation refuses another payload, too.
const wrong = event("Ordered", record({ ...fields, copies: boolean() }), "device");
expectError<EventType<"Ordered", Order>>(wrong);

// Without an interface, the type is that of the fields.
const seat = record({ device: text(), commitment: bytes(32) });
expectAssignable<PayloadSchema<{ device: string; commitment: Uint8Array }>>(seat);
expectError<PayloadSchema<{ device: number; commitment: Uint8Array }>>(seat);
expectType<Schema<readonly (number | null)[]>>(list(nullable(integer())));
expectType<Schema<Readonly<Record<string, boolean>>>>(table(boolean()));
expectType<Schema<"won" | "drawn">>(oneOf("won", "drawn"));
expectType<Schema<Uint8Array>>(where(bytes(), ({ length }) => length % 2 === 0, "odd"));
expectError(where(text(), (value: number) => value > 0, "not positive"));

// One of Valibot's own may stand in a record; an asynchronous one, or one of another library, not.
record<Order>({ ...fields, title: v.pipe(v.string(), v.email()) });
expectError(record<Order>({ ...fields, title: v.number() }));
expectError(
  record<Order>({
    ...fields,
    title: v.pipeAsync(
      v.string(),
      v.checkAsync(async () => true),
    ),
  }),
);
declare const foreign: PayloadSchema<string>;
expectError(record<Order>({ ...fields, title: foreign }));
event("Said", foreign, "device");
