/** Nested choreographies: where they are found, what is known of them, whose script is imported. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockingPath, lockingSource, readIn, tripPath, writeTrip } from "./every.ts";
import { workbench } from "./workbench.ts";
import type { Workbench } from "./workbench.ts";

let bench: Workbench;
beforeEach(() => {
  bench = workbench();
});
afterEach(() => bench.close());

const imported = 'import { locking as lockTrip } from "../locking/choreography.ts";';

function importsOf(role: string): readonly string[] {
  expect(bench.aura("generate", tripPath).errors).toEqual([]);
  const lines = bench.read(`trip/generated/trip.${role}.ts`).split("\n");
  return lines.filter((line) => line.startsWith("import ") && line.includes("op-locking"));
}

describe("a nested choreography's script", () => {
  it("is imported by those who play in it, and by no others", () => {
    writeTrip(bench);
    expect(importsOf("member")).toEqual([
      'import { member as opLockingMember } from "../../locking/generated/op-locking.member.ts";',
    ]);
    expect(importsOf("agent")).toEqual([]);
    expect(bench.read("trip/generated/trip.member.ts")).not.toContain("lockTrip");
  });

  it("has its role's name where that is free", () => {
    writeTrip(bench);
    bench.write(lockingPath, lockingSource.replaceAll("member", "holder"));
    bench.write(
      tripPath,
      bench.read(tripPath).replaceAll('{ member: "member" }', '{ holder: "member" }'),
    );
    expect(importsOf("member")).toEqual([
      'import { holder } from "../../locking/generated/op-locking.holder.ts";',
    ]);
    expect(bench.read("trip/generated/trip.member.ts")).toContain("script: holder,");
  });

  it("has a number where its long name is taken too", () => {
    writeTrip(bench, ["action: parts.count", "action: () => opLockingMember()"]);
    bench.write(
      tripPath,
      bench.read(tripPath).replace("{ AbortTrip,", "{ opLockingMember, AbortTrip,"),
    );
    expect(importsOf("member")).toEqual([
      'import { member as opLockingMember2 } from "../../locking/generated/op-locking.member.ts";',
    ]);
  });

  it.each([
    ["under its built name", imported.replace("choreography.ts", "choreography.js"), ".js"],
    ["without an ending", imported.replace("choreography.ts", "choreography"), ".ts"],
    ["as what another module passes on", 'import { lockTrip } from "../locking/index.ts";', ".ts"],
    [
      "as what a module passes on as a whole",
      'import { locking as lockTrip } from "../all.ts";',
      ".ts",
    ],
  ])("is found %s", (_, statement, extension) => {
    writeTrip(bench, [imported, statement]);
    bench.write("locking/index.ts", 'export { locking as lockTrip } from "./choreography.ts";\n');
    bench.write(
      "all.ts",
      'export * from "./all.ts";\nexport * from "./locking/choreography.ts";\n',
    );
    expect(importsOf("member")).toEqual([
      `import { member as opLockingMember } from "../../locking/generated/op-locking.member${extension}";`,
    ]);
  });

  it("is found where a module imports it and exports it", () => {
    writeTrip(bench, [imported, 'import { lockTrip } from "../locking/index.ts";']);
    const text =
      'import { locking as own } from "./choreography.ts";\nexport { own as lockTrip };\n';
    bench.write("locking/index.ts", text);
    expect(importsOf("member")).toHaveLength(1);
  });

  it("stands beside its caller's where both are of one folder", () => {
    writeTrip(bench, [imported, imported.replace("../locking/choreography.ts", "./locking.ts")]);
    bench.write("trip/locking.ts", lockingSource);
    expect(importsOf("member")).toEqual([
      'import { member as opLockingMember } from "./op-locking.member.ts";',
    ]);
  });

  it("stands beside its caller's where both are of one file", () => {
    const chain = lockingSource.slice(lockingSource.indexOf("export"));
    const inner = chain.replace("locking =", "lockTrip =");
    writeTrip(bench, [imported, `import { AbortLocking, Bid, bid } from "./bid.ts";\n${inner}`]);
    expect(importsOf("member")).toEqual([
      'import { member as opLockingMember } from "./op-locking.member.ts";',
    ]);
  });
});

describe("of a nested choreography is known", () => {
  it("nothing more than its head, its result and whom it calls", () => {
    writeTrip(bench);
    const [lock] = readIn(bench, tripPath).global.steps;
    expect(lock).toMatchObject({
      callee: { name: "op-locking", roles: { member: "many" }, result: "Bid", calls: [] },
    });
  });

  const file = (name: string, callee: string) => `
import { choreography, one, type } from "aura-choreography/dsl";
import { ${callee} } from "./${callee}.ts";
import { Abort } from "./parts.ts";
export const ${name} = choreography("${name}", {
  roles: { host: one },
  session: "Inner",
  params: type<object>(),
  abort: Abort,
})
  .call("Inner", { choreography: ${callee}, roles: { host: "host" }, params: () => ({}) })
  .returns("nothing");
`;

  it("whom those call that it calls, also where they call each other in a circle", () => {
    bench.write("a.ts", file("a", "b"));
    bench.write("b.ts", file("b", "c"));
    bench.write("c.ts", file("c", "a"));
    const [inner] = readIn(bench, "a.ts").global.steps;
    expect(inner).toMatchObject({ callee: { name: "b", calls: ["c", "a", "b"] } });
    expect(bench.aura("generate", "a.ts").errors).toEqual([
      "a.ts:11:9, protocol a, step Inner: a calls b, which calls a. Repeat with a recursion inside one choreography, which has a bound.",
    ]);
  });

  it("that it is the caller itself", () => {
    bench.write("a.ts", file("a", "a").replace('import { a } from "./a.ts";\n', ""));
    expect(bench.aura("generate", "a.ts").errors).toEqual([
      "a.ts:10:9, protocol a, step Inner: a calls itself. Repeat with a recursion inside one choreography, which has a bound.",
    ]);
  });
});

describe("a nested choreography is refused", () => {
  const todo = "Import a choreography from the module that exports it, and write its name here.";

  it.each([
    [
      "from a module that is not there",
      "../nowhere.ts",
      'there is no source of "../nowhere.ts" beside this file',
    ],
    ["from a package", "some-package", 'there is no source of "some-package" beside this file'],
    ["from a module without it", "./empty.ts", "\"./empty.ts\" exports no choreography 'locking'"],
    [
      "from a module with something else of its name",
      "./other.ts",
      "\"./other.ts\" exports no choreography 'locking'",
    ],
    [
      "from one that does not end",
      "./endless.ts",
      "\"./endless.ts\" exports no choreography 'locking'",
    ],
  ])("%s", (_, module, what) => {
    writeTrip(bench, [imported, `import { locking as lockTrip } from "${module}";`]);
    bench.write("trip/empty.ts", "export const nothing = 1;\n");
    bench.write("trip/other.ts", "export const locking = 1;\n");
    bench.write("trip/endless.ts", lockingSource.replace('.returns("Bid")', ""));
    const { errors } = bench.aura("generate", tripPath);
    expect(errors).toHaveLength(3);
    expect(errors.map((line) => line.replace(/^\S+:\d+:\d+: /, ""))).toEqual(
      errors.map(() => `${what}. ${todo}`),
    );
  });
});
