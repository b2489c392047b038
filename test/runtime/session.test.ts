/** Sessions: one id for one run, and no other. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountRoster, childSession, openSession, publicSide } from "../../runtime/index.ts";
import type { Calling, Session, SessionSpec } from "../../runtime/index.ts";
import { failure } from "./ledger/fixtures.ts";
import { makeDevice, stageOf } from "./stage.ts";

const { roster } = stageOf(4);

const spec: SessionSpec = {
  roster,
  script: { protocol: "test", digest: "00" },
  params: { threshold: 2, key: new Uint8Array([1, 2]), list: ["a", "b"] },
  cast: { leader: "alice", crowd: ["bob", "carol"] },
  nonce: new Uint8Array(16),
};

describe("the id of a session", () => {
  it("is the same for equal specs, however they are made", () => {
    const copy = {
      nonce: new Uint8Array(16),
      cast: { crowd: ["bob", "carol"], leader: "alice" },
      params: { list: ["a", "b"], key: Uint8Array.of(1, 2), threshold: 2 },
      script: { digest: "00", protocol: "test" },
      roster: accountRoster(roster.devices.toReversed()),
    };
    expect(openSession(copy)).toEqual(openSession(spec));
    expect(openSession(spec).id).toMatch(/^[0-9a-f]{64}$/);
  });

  const other = accountRoster(
    [makeDevice("alice"), makeDevice("bob"), makeDevice("carol")].map(publicSide),
  );
  it.each<[string, Partial<SessionSpec>]>([
    ["roster", { roster: other }],
    ["protocol", { script: { protocol: "toast", digest: "00" } }],
    ["digest", { script: { protocol: "test", digest: "01" } }],
    ["a parameter", { params: { threshold: 3, key: new Uint8Array([1, 2]), list: ["a", "b"] } }],
    [
      "the type of a parameter",
      { params: { threshold: 2, key: "\u0001\u0002", list: ["a", "b"] } },
    ],
    [
      "a parameter more",
      { params: { threshold: 2, key: new Uint8Array([1, 2]), list: ["a", "b"], x: null } },
    ],
    ["who plays", { cast: { leader: "alice", crowd: ["bob", "dave"] } }],
    ["who plays what", { cast: { leader: "bob", crowd: ["alice", "carol"] } }],
    ["the order of a family", { cast: { leader: "alice", crowd: ["carol", "bob"] } }],
    ["one or many", { cast: { leader: ["alice"], crowd: ["bob", "carol"] } }],
    ["the name of a role", { cast: { boss: "alice", crowd: ["bob", "carol"] } }],
    ["nonce", { nonce: new Uint8Array(16).fill(1) }],
    ["the length of the nonce", { nonce: new Uint8Array(17) }],
  ])("changes with %s", (_, change) => {
    expect(openSession({ ...spec, ...change }).id).not.toBe(openSession(spec).id);
  });

  it("is another for any other nonce and parameter", () => {
    const any = fc.tuple(fc.uint8Array({ maxLength: 20 }), fc.string());
    fc.assert(
      fc.property(any, any, ([nonceA, a], [nonceB, b]) => {
        const idOf = (nonce: Uint8Array, params: string) =>
          openSession({ ...spec, nonce, params }).id;
        const same = a === b && String(nonceA) === String(nonceB);
        expect(idOf(nonceA, a) === idOf(nonceB, b)).toBe(same);
      }),
    );
  });
});

describe("a session that cannot be", () => {
  it.each<[string, SessionSpec["cast"]]>([
    ["the cast cannot be: the account has no device 'mallory'", { leader: "mallory" }],
    ["the cast cannot be: the account has no device ''", { leader: "" }],
    ["the cast cannot be: the account has no device 'erin'", { crowd: ["bob", "erin"] }],
    ["the cast cannot be: nobody plays it", { leader: "alice", crowd: [] }],
    ["the cast cannot be: a device stands in it twice", { crowd: ["bob", "bob"] }],
  ])("%s", (what, cast) => {
    const error = failure(() => openSession({ ...spec, cast }));
    expect(error).toMatchObject({ code: "InvalidInput", what, where: { protocol: "test" } });
    expect(error.where.role).toBe(Object.keys(cast).at(-1));
  });

  it.each([[0.5], [undefined], [() => 1], [new Map()], [{ at: new Date(0) }]])(
    "has parameters without a canonical encoding: %s",
    (params) => {
      expect(failure(() => openSession({ ...spec, params })).code).toBe("InvalidInput");
    },
  );
});

describe("a nested session", () => {
  const parent = openSession(spec);
  const inner = { protocol: "inner", digest: "11" };
  const call: Calling = {
    label: "Call",
    iteration: 0,
    script: inner,
    cast: { chief: "leader", people: "crowd" },
    params: 1,
  };
  const nested = (changes: Partial<Calling> & { readonly parent?: Session } = {}) =>
    childSession(changes.parent ?? parent, { ...call, ...changes });

  it("is played by those who play the mapped roles, in the same account", () => {
    expect(nested()).toMatchObject({
      account: roster.account,
      protocol: "inner",
      digest: "11",
      params: 1,
      cast: { chief: "alice", people: ["bob", "carol"] },
    });
  });

  it("has an id of its own at each place of each parent", () => {
    const other = openSession({ ...spec, nonce: new Uint8Array(16).fill(1) });
    const ids = [
      parent.id,
      nested().id,
      nested({ label: "CallAgain" }).id,
      nested({ parent: other }).id,
      nested({ params: 2 }).id,
      nested({ iteration: 1 }).id,
      nested({ cast: { chief: "leader" } }).id,
      nested({ script: { ...inner, digest: "12" } }).id,
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(nested().id).toBe(nested().id);
  });

  it("cannot be played by a role that the parent has not", () => {
    const error = failure(() => nested({ cast: { chief: "toString" } }));
    expect(error).toMatchObject({ code: "InvalidState", what: "nobody plays the role 'toString'" });
  });

  it("can have a family of one device, and no single device of a family", () => {
    const cast = { team: "leader", chief: "leader" };
    expect(nested({ cast, families: ["team"] }).cast).toEqual({ team: ["alice"], chief: "alice" });
    expect(nested({ families: ["people"] }).id).toBe(nested().id);
    const error = failure(() => nested({ families: [] }));
    expect(error).toMatchObject({ code: "InvalidState", where: { role: "people" } });
  });
});
