/** SMTP, run between a client and its server. */
import { expect, it } from "vitest";
import { client } from "../../examples/smtp/generated/smtp.client.ts";
import { server } from "../../examples/smtp/generated/smtp.server.ts";
import { lying, silentAt } from "../protocols/lying.ts";
import { errorOf } from "../runtime/stage.ts";
import { expectAllWell, perform } from "./theatre.ts";
import type { Played } from "./theatre.ts";

const scripts = { client, server };

const letter = (id: string, ...to: readonly string[]) => ({
  ...{ id, to, from: "ada@example.org" },
  text: `Letter ${id}\r\nAda`,
});

const inputsWith = (hasTls: boolean, ...outbox: readonly object[]) => ({
  client: { domain: "example.org", outbox },
  server: { mailboxes: ["bob@example.net", "eve@example.net"], hasTls },
});

const start = ["Greeting", "Ehlo", "Features"];
const secured = ["StartTls", "Ready", "Ehlo", "Features"];
const sent = ["Data", "GoOn", "Message", "Queued"];
const end = ["Quit", "Bye"];

function payloads({ stage, session }: Played, step: string): readonly unknown[] {
  const events = stage.ledger("alice").events({ session: session.id, step });
  return events.map(({ payload }) => payload);
}

it("sends all letters to all recipients, on a secure line", async () => {
  const outbox = [
    letter("1", "bob@example.net", "eve@example.net"),
    letter("2", "dan@example.net"),
  ];
  const played = await perform({ scripts, inputs: inputsWith(true, ...outbox) });
  expectAllWell(played);
  const one = ["Rcpt", "RcptReply"];
  expect(played.said).toEqual(
    [start, secured, ["Mail", "MailOk"], one, one, sent, ["Mail", "MailOk"], one, sent, end].flat(),
  );
  expect(payloads(played, "RcptReply")).toEqual([{ code: 250 }, { code: 250 }, { code: 550 }]);
  expect(payloads(played, "Message")).toEqual([
    { text: "Letter 1\r\nAda" },
    { text: "Letter 2\r\nAda" },
  ]);
});

it("quits where there is nothing to send, without TLS where there is none", async () => {
  const played = await perform({ scripts, inputs: inputsWith(false) });
  expectAllWell(played);
  expect(played.said).toEqual([...start, ...end]);
});

it("does not go on where TLS is offered and then refused", async () => {
  const cheat = lying(server, "Ready", () => ({ code: 454 }));
  const played = await perform({
    scripts: { client, server: cheat },
    inputs: inputsWith(true, letter("1", "bob@example.net")),
  });
  const { blamed } = errorOf(played.endings.get("alice"));
  expect(blamed).toMatchObject([{ device: "bob", reason: "NoTls" }]);
  expect(played.said).not.toContain("Mail");
});

it("blames the client for a line that is too long", async () => {
  const cheat = lying(client, "Message", () => ({ text: "a".repeat(999) }));
  const played = await perform({
    scripts: { client: cheat, server },
    inputs: inputsWith(false, letter("1", "bob@example.net")),
  });
  const { blamed } = errorOf(played.endings.get("bob"));
  expect(blamed).toMatchObject([{ device: "alice", reason: "LineTooLong" }]);
});

it("ends by the timeout where the client says nothing more", async () => {
  const silent = silentAt(client, "Data");
  const played = await perform({
    scripts: { client: silent, server },
    inputs: inputsWith(false, letter("1", "bob@example.net")),
  });
  expect(errorOf(played.endings.get("bob"))).toMatchObject({
    code: "Timeout",
    where: { step: "Rcpt | Data" },
  });
});
