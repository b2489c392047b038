/** Double buffering, between three devices. */
import { expect, it } from "vitest";
import { kernel } from "../../examples/double-buffering/generated/double-buffering.kernel.ts";
import { sink } from "../../examples/double-buffering/generated/double-buffering.sink.ts";
import { source } from "../../examples/double-buffering/generated/double-buffering.source.ts";
import { lying, silentAt } from "../protocols/lying.ts";
import { perform } from "./theatre.ts";

const stream = (items: readonly number[], instead = {}) =>
  perform({
    scripts: { source, kernel, sink },
    cast: { source: "alice", kernel: "bob", sink: "carol" },
    inputs: { alice: { items, size: 2 } },
    instead,
  });

it.each([[[]], [[1]], [[1, 2, 3, 4]], [[1, 2, 3, 4, 5, 6, 7, 8, 9]]])(
  "squares %j in order",
  async (items: readonly number[]) => {
    const { outcome } = await stream(items);
    const { facts } = outcome("carol");
    expect(facts).toMatchObject({
      Output: items.map((item) => item * item),
      Finish: { items: items.length },
    });
  },
);

it("fills one buffer while the other is drained", async () => {
  const { turns } = await stream([1, 2, 3, 4], { carol: silentAt(sink, "WantA") });
  expect(turns).toContain("FillB");
  const { turns: slow } = await stream([1, 2, 3, 4], { alice: silentAt(source, "FillB") });
  expect(slow).toContain("DrainA");
});

it("ends when the sink takes nothing more", async () => {
  const { error } = await stream([1, 2], { carol: silentAt(sink, "WantB") });
  expect(error("bob")).toMatchObject({ code: "Timeout", where: { step: "WantB" } });
  expect(error("carol")).toBeDefined();
});

it("refuses a buffer of something else than numbers", async () => {
  const cheat = lying(source, "FillB", () => ({ items: ["one"] }));
  const { error } = await stream([1, 2], { alice: cheat });
  expect(error("bob").blamed).toMatchObject([{ device: "alice" }]);
});
