/** The value parser says of a wrong notation what the compiler says. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultOf } from "../session/session-fault.ts";

describe.each(["5.9", "6.0", "7.0"])("TypeScript %s", (version) => {
  const said = readFileSync(`test/messages/expected/${version}.txt`, "utf8");
  const faults = [
    ...said.matchAll(
      /^session\.ts:.* Type '"(.*)"' is not assignable to type '"(the session.*)"'\.$/gm,
    ),
  ].map(([, notation = "", sentence = ""]) => ({ notation, sentence }));

  it("was asked about every kind of fault", () => {
    expect(faults.length).toBeGreaterThanOrEqual(6);
  });

  it.each(faults)("says of '$notation' what the parser says", ({ notation, sentence }) => {
    expect(faultOf(notation).what).toBe(sentence);
  });
});
