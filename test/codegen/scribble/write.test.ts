/** A choreography written for its author to fill in. */
import { fileURLToPath } from "node:url";
import { Project } from "ts-morph";
import { describe, expect, it } from "vitest";
import { readScribble, writeChoreography } from "../../../codegen/scribble/index.ts";
import { file, read } from "./reading.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const twoBuyer = `
module buyers;
type <java> "java.lang.Integer" from "rt.jar" as Int;
type <java> "shop.Address" from "shop.jar" as Address;

global protocol TwoBuyer(role Buyer1, role Buyer2, role Seller) {
  title(String) from Buyer1 to Seller;
  price(Int) from Seller to Buyer1, Buyer2;
  rec Haggle {
    share(amount: Int, reason: String) from Buyer1 to Buyer2;
    choice at Buyer2 {
      accept() from Buyer2 to Buyer1, Seller;
      par { address(Address) from Buyer2 to Seller; } and { thanks() from Buyer1 to Buyer2; }
      date(String) from Seller to Buyer2;
    } or {
      more() from Buyer2 to Buyer1, Seller;
      continue Haggle;
    } or {
      reject() from Buyer2 to Buyer1, Seller;
    }
  }
}`;

const payloads = `
type <java> "java.util.Date" from "rt.jar" as Date;
sig <java> "x.Hello" from "x.jar" as Hello;
global protocol Payloads<type T>(role A, role B) {
  none() from A to B;
  unit(unit) from A to B;
  integer(int) from A to B;
  number(double) from B to A;
  text(String) from A to B;
  truth(Boolean) from B to A;
  raw(bytes) from A to B;
  raw2(byte[]) from B to A;
  list(String[]) from A to B;
  lists(int[][]) from A to B;
  day(Date) from A to B;
  days(from_: Date, to: Date) from A to B;
  several(int, String, x.y.Thing, T) from A to B;
  uint8array(bytes, long: int, mightBe: boolean, further: String[], furthest: Date[]) from B to A;
  Hello from A to B;
}`;

describe("a written choreography", () => {
  it("declares payloads, events and answers, and has the whole chain: two buyers", async () => {
    await expect(writeChoreography(read(twoBuyer))).toMatchFileSnapshot("golden/two-buyer.ts.txt");
  });

  it("has a type and a schema for every kind of payload", async () => {
    await expect(writeChoreography(read(payloads))).toMatchFileSnapshot("golden/payloads.ts.txt");
  });

  it("names no device where nothing is to be answered", () => {
    const text = writeChoreography(read("protocol P(role A, role B) { m() from A to B; }"));
    expect(text).not.toContain("Answers");
    expect(text).not.toContain("device: type");
  });

  it("takes the language and the schemas from the modules that it is told", () => {
    const [first] = readScribble("protocol P(role A, role B) { m() from A to B; }", file);
    const modules = { languageModule: "../dsl/index.ts", schemaModule: "../runtime/schema.ts" };
    const text = first && writeChoreography(first, modules);
    expect(text).toContain(
      'import { choreography, epochs, event, one, type } from "../dsl/index.ts";\n' +
        'import { abortPayload, nothing } from "../runtime/schema.ts";\n',
    );
  });

  it("lets no name of another language out of its comment", () => {
    const text = writeChoreography(
      read(
        `type <x> "a */ evil() /*" from "f" as T; protocol P(role A, role B) { m(T) from A to B; }`,
      ),
    );
    expect(text).toContain('/** What Scribble calls T, "a * / evil() /*": fill in its fields');
  });

  it("type-checks as it is", () => {
    const project = new Project({
      tsConfigFilePath: `${root}/tsconfig.json`,
      skipAddingFilesFromTsConfig: true,
    });
    const modules = {
      languageModule: "../../../dsl/index.ts",
      schemaModule: "../../../runtime/schema.ts",
    };
    const written = [
      payloads,
      "protocol Straight(role A, role B, role C) { m(Int) from A to B, C; n() from C to A; }",
      twoBuyer,
      `protocol Every(role A, role B, role C) {
        rec Loop {
          ask(Int) from A to B;
          choice at A { more() from A to B; continue Loop; } or { stop() from A to B; fin() from A to C; }
        }
        par { x() from A to B; y() from B to A; } and { z(String) from C to A; }
      }`,
      `protocol Swap(role A, role B) { do Turn(A, B); }
       aux global protocol Turn(role A, role B) {
         choice at A { play() from A to B; do Turn(B, A); } or { quit() from A to B; }
       }`,
    ];
    for (const [index, text] of written.entries()) {
      const source = project.createSourceFile(
        `${root}/test/codegen/scribble/written${index}.ts`,
        writeChoreography(read(text), modules),
      );
      expect(source.getPreEmitDiagnostics().map((each) => each.getMessageText())).toEqual([]);
    }
  });
});
