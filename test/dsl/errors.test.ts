/** The one error: what it says, where, and whom it blames. */
import { describe, expect, it } from "vitest";
import { ProtocolError } from "../../dsl/index.ts";
import type { ErrorPlace, ProtocolErrorCode } from "../../dsl/index.ts";

const said = { code: "Rejected", what: "it does not fit", todo: "Mend it" } as const;

describe("a ProtocolError", () => {
  it.each<readonly [ErrorPlace | undefined, string]>([
    [undefined, "it does not fit. Mend it."],
    [{}, "it does not fit. Mend it."],
    [{ protocol: "dkd" }, "protocol dkd: it does not fit. Mend it."],
    [{ step: "Reveal" }, "step Reveal: it does not fit. Mend it."],
    [
      { device: "laptop", role: "participant" },
      "role participant, device laptop: it does not fit. Mend it.",
    ],
    [{ source: { file: "a.ts", line: 3, column: 7 } }, "a.ts:3:7: it does not fit. Mend it."],
    [
      {
        device: "laptop",
        role: "participant",
        step: "Reveal",
        protocol: "dkd",
        source: { file: "a.ts", line: 3, column: 7 },
      },
      "a.ts:3:7, protocol dkd, step Reveal, role participant, device laptop: it does not fit. Mend it.",
    ],
  ])("at %j says where it belongs", (where, message) => {
    expect(new ProtocolError({ ...said, ...(where === undefined ? {} : { where }) }).message).toBe(
      message,
    );
  });

  it("says whom it blames, and for what", () => {
    const blamed = [
      { device: "phone", reason: "BadProof", evidence: ["ab"] },
      { device: "watch", reason: "Silent", evidence: [] },
    ];
    const error = new ProtocolError({ ...said, where: { step: "Reveal" }, blamed });
    expect(error.message).toBe(
      "step Reveal: it does not fit. Blamed: phone (BadProof), watch (Silent). Mend it.",
    );
    expect(error.blamed).toEqual(blamed);
  });

  it("starts what to do as a sentence", () => {
    expect(new ProtocolError({ ...said, todo: "mend it" }).message).toBe(
      "it does not fit. Mend it.",
    );
  });

  it("keeps its parts apart for programs", () => {
    const cause = new Error("below");
    const error = new ProtocolError({ ...said, where: { role: "chair" }, cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: "ProtocolError",
      ...said,
      where: { role: "chair" },
      cause,
    });
  });

  it("has no cause and nobody to blame where none is given", () => {
    const error = new ProtocolError(said);
    expect("cause" in error).toBe(false);
    expect({ where: error.where, blamed: error.blamed }).toEqual({ where: {}, blamed: [] });
  });

  it("has a code out of a closed list", () => {
    // The compiler refuses this object as soon as a code is added or taken away.
    const codes: Readonly<Record<ProtocolErrorCode, true>> = {
      InvalidDeclaration: true,
      InvalidInput: true,
      NotProjectable: true,
      Outdated: true,
      Timeout: true,
      Infeasible: true,
      Rejected: true,
      Aborted: true,
      InvalidState: true,
      NotAdmitted: true,
      ActionFailed: true,
      Storage: true,
    };
    for (const code of Object.keys(codes) as ProtocolErrorCode[]) {
      expect(new ProtocolError({ ...said, code }).code).toBe(code);
    }
  });
});
