/** The rules of the language, by value. */
import { describe, expect, it } from "vitest";
import { checkGlobal } from "../../dsl/index.ts";
import type { GlobalType, Part } from "../../dsl/index.ts";
import { answer, ask, base, count, note, tell } from "./base.ts";

const all = { ...answer, atLeast: "all" };

type Change = Partial<GlobalType<string>>;

/** The index of a step, or the part that is no step. */
type Where = number | "head" | "session" | "end";

/** Where in `steps` the part is, by identity. */
function whereIs(at: Part<string>, steps: GlobalType<string>["steps"]): Where {
  return typeof at === "string" ? at : steps.findIndex((step) => step === at);
}

const right: readonly (readonly [string, Change])[] = [
  ["a right protocol", {}],
  ["a broadcast that is returned", { result: "Ask" }],
  ["a collect of all that is returned", { steps: [ask, all, count, note], result: "Answer" }],
  [
    "a computation at everyone, of what all agree on",
    { steps: [ask, all, { verb: "local", label: "Count", at: "everyone", action: "a" }, note] },
  ],
  ["two authors at least", { steps: [ask, { ...answer, atLeast: 2 }, count, note] }],
  [
    "names that objects have",
    { roles: { chair: "one", voter: "many", constructor: "one" as const } },
  ],
];

describe("checkGlobal finds nothing in", () => {
  it.each(right)("%s", (_, change) => {
    expect(checkGlobal({ ...base, ...change })).toEqual([]);
  });
});

const pair = { roles: { chair: "one", clerk: "one" }, session: "Tell", result: "Tell" } as const;

describe("checkGlobal of a send", () => {
  it("finds nothing where one role tells another, and both know it", () => {
    expect(checkGlobal({ ...base, ...pair, steps: [tell] })).toEqual([]);
  });

  it("finds nothing where a family is told, each member something of its own", () => {
    const roles = { ...pair.roles, voter: "many" } as const;
    const session = "Ask . Tell";
    const steps = [ask, { ...tell, to: "voter" }];
    expect(checkGlobal({ ...base, roles, session, steps, result: "Ask" })).toEqual([]);
  });

  it("finds that a third role does not know it", () => {
    const roles = { ...pair.roles, voter: "many" } as const;
    const found = checkGlobal({ ...base, ...pair, roles, steps: [tell] });
    expect(found.map(({ what }) => what)).toEqual(["the result 'Tell' is not known to everyone"]);
  });

  it.each([
    [{ to: "chair" }, "'chair' sends to itself"],
    [{ to: "nobody" }, "'nobody' is not a role of poll"],
    [{ by: "nobody" }, "'nobody' is not a role of poll"],
    [{ by: "voter" }, "'voter' is declared as many, and the step needs one"],
  ])("finds what is wrong with %o", (change, what) => {
    const roles = { ...pair.roles, voter: "many" } as const;
    const step = { ...tell, ...change };
    const [problem] = checkGlobal({ ...base, ...pair, roles, steps: [step] });
    expect(problem).toMatchObject({ at: step, step: "Tell", what });
  });

  it("finds a family's step written with it", () => {
    const found = checkGlobal({ ...base, ...pair, session: "Tell*", steps: [tell] });
    expect(found[0]?.what).toBe("'Tell*' is a step of every member of a family");
  });
});

describe("checkGlobal of a wait", () => {
  const rest = { verb: "wait", label: "Rest", at: "everyone", epochs: "span" } as const;
  const resting = { ...base, session: "Ask . Rest", steps: [ask, rest], result: "Ask" };

  it.each(["everyone", "chair", "voter"])("finds nothing where %s sleeps", (at) => {
    expect(checkGlobal({ ...resting, steps: [ask, { ...rest, at }] })).toEqual([]);
  });

  it("finds that nobody sleeps, and that a sleep gives no result", () => {
    const found = (change: object, result = "Ask") =>
      checkGlobal({ ...resting, steps: [ask, { ...rest, ...change }], result }).map((p) => p.what);
    expect(found({ at: "nobody" })).toEqual(["'nobody' is not a role of poll"]);
    expect(found({}, "Rest")).toEqual(["the result 'Rest' is not known to everyone"]);
  });
});

/** The change, the index of the step at fault, and the rule that is broken. */
const wrong: readonly (readonly [string, Change, Where, string])[] = [
  [
    "a step out of order",
    { steps: [answer, ask, count, note] },
    0,
    "the session expects the step 'Ask' here, not 'Answer'",
  ],
  [
    "a missing step",
    { steps: [ask, answer, count] },
    "end",
    "the session still expects the step 'Note'",
  ],
  [
    "a step too many",
    { steps: [...base.steps, { ...note, label: "More" }] },
    4,
    "the step 'More' comes after the session's end",
  ],
  [
    "a family's step of one role",
    { session: "Ask* . Answer* . Count . Note" },
    0,
    "'Ask*' is a step of every member of a family",
  ],
  [
    "one role's step of a family",
    { session: "Ask . Answer . Count . Note" },
    1,
    "'Answer' is a step of one role",
  ],
  [
    "an unknown role",
    { steps: [{ ...ask, by: "guest" }, answer, count, note] },
    0,
    "'guest' is not a role of poll",
  ],
  [
    "a role that every object has",
    { steps: [{ ...ask, by: "toString" }, answer, count, note] },
    0,
    "'toString' is not a role of poll",
  ],
  [
    "a family that broadcasts",
    { roles: { chair: "many", voter: "many" } },
    0,
    "'chair' is declared as many, and the step needs one",
  ],
  [
    "one that collects",
    { roles: { chair: "one", voter: "one" } },
    1,
    "'voter' is declared as one, and the step needs many",
  ],
  [
    "a computation nowhere",
    { steps: [ask, answer, count, { ...note, at: "nobody" }] },
    3,
    "'nobody' is not a role of poll",
  ],
  [
    "a wait for nobody",
    { steps: [ask, { ...answer, atLeast: 0 }, count, note] },
    1,
    "atLeast is 0, and a wait needs at least one author",
  ],
  [
    "a wait for less than nobody",
    { steps: [ask, { ...answer, atLeast: -1 }, count, note] },
    1,
    "atLeast is -1, and a wait needs at least one author",
  ],
  [
    "a wait for part of a device",
    { steps: [ask, { ...answer, atLeast: 2.5 }, count, note] },
    1,
    "atLeast is 2.5, and a wait needs at least one author",
  ],
  [
    "a wait for no number",
    { steps: [ask, { ...answer, atLeast: NaN }, count, note] },
    1,
    "atLeast is NaN, and a wait needs at least one author",
  ],
  [
    "combining a broadcast",
    { steps: [ask, answer, { ...count, combines: "Ask" }, note] },
    2,
    "'Ask' is not a collect that comes before this step",
  ],
  [
    "combining what comes later",
    { session: "Ask . Count . Answer* . Note", steps: [ask, count, answer, note] },
    1,
    "'Answer' is not a collect that comes before this step",
  ],
  [
    "a View as the result",
    { result: "Answer" },
    "end",
    "the result 'Answer' is a View: devices may hold different ones",
  ],
  [
    "a result that one role knows",
    { result: "Note" },
    "end",
    "the result 'Note' is not known to everyone",
  ],
  [
    "a result that is nowhere",
    { result: "Sum" },
    "end",
    "the result 'Sum' is not known to everyone",
  ],
  [
    "a role with a capital letter",
    { roles: { ...base.roles, Guest: "one" } },
    "head",
    "the role 'Guest' is not a camelCase name",
  ],
  [
    "a role that leaves the folder",
    { roles: { ...base.roles, "../x": "one" } },
    "head",
    "the role '../x' is not a camelCase name",
  ],
  [
    "a role named everyone",
    { roles: { ...base.roles, everyone: "one" } },
    "head",
    "'everyone' cannot be a role's name",
  ],
];

describe("checkGlobal finds", () => {
  it.each(wrong)("%s, and nothing else", (_, change, at, what) => {
    const global = { ...base, ...change };
    const found = checkGlobal(global);
    expect(found.map((each) => [whereIs(each.at, global.steps), each.what])).toEqual([[at, what]]);
    expect(found[0]?.todo).toMatch(/^[A-Z]/);
  });

  it("all that is wrong, in the order of the steps", () => {
    const faulty: GlobalType<string> = {
      ...base,
      roles: { Chair: "one", voter: "many" },
      steps: [ask, { ...answer, atLeast: 0 }, { ...count, combines: "Ask" }],
      result: "Nothing",
    };
    expect(checkGlobal(faulty).map(({ at, what }) => [whereIs(at, faulty.steps), what])).toEqual([
      ["head", "the role 'Chair' is not a camelCase name"],
      [0, "'chair' is not a role of poll"],
      [1, "atLeast is 0, and a wait needs at least one author"],
      [2, "'Ask' is not a collect that comes before this step"],
      ["end", "the session still expects the step 'Note'"],
    ]);
  });

  it("nothing in what the only role computes and returns", () => {
    const alone = { verb: "local", label: "Count", at: "clerk", action: "count" } as const;
    const roles = { clerk: "one" } as const;
    const global = { ...base, roles, session: "Count", steps: [alone], result: "Count" };
    expect(checkGlobal(global)).toEqual([]);
  });

  it("that there are no roles", () => {
    const none = { ...base, roles: {}, session: "Count", steps: [], result: "Count" };
    expect(checkGlobal(none)[0]).toMatchObject({
      at: "head",
      what: "the choreography has no roles",
    });
  });

  it("what is computed from a View without combining it: everyone's value is a View too", () => {
    const plain = { verb: "local", label: "Count", at: "everyone", action: "count" } as const;
    const steps = [ask, answer, plain, note];
    expect(checkGlobal({ ...base, steps }).map(({ what }) => what)).toEqual([
      "the result 'Count' is a View: devices may hold different ones",
    ]);
  });

  it("a notation that does not parse, and no step by it", () => {
    expect(checkGlobal({ ...base, session: "Ask . . Note" })).toMatchObject([
      { code: "AURA1011", at: "session", what: expect.stringContaining("an empty step") },
    ]);
  });
});
