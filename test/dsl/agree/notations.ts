/** Random session notations, right ones and ones with a token too many, too few or in another place. */
import fc from "fast-check";
import { ProtocolError, parseSession } from "../../../dsl/index.ts";
import type { SessionItem, SessionTree } from "../../../dsl/index.ts";

/** Labels `L1`, `L2`, … in the order of the text; `X1`, … of recursions. */
const right = fc
  .letrec<{ items: string; item: string }>((tie) => ({
    items: fc
      .array(tie("item"), { minLength: 1, maxLength: 3, depthIdentifier: "n" })
      .map((items) => items.join(" . ")),
    item: fc.oneof(
      { maxDepth: 3, depthIdentifier: "n" },
      fc.constantFrom("L", "L*", "L?", "L*?", "L ( Event )", "L { p ∈ family }", "L{p ∈ f}(E)?"),
      fc.constantFrom(
        "L{a}",
        "L { a → b } (E)",
        "L{all p ∈ f → f}?",
        "L{any p ∈ f}",
        "L{a: b, c : d}?",
      ),
      fc
        .array(tie("items"), { minLength: 2, maxLength: 3 })
        .map((branches) => `{ ${branches.map((each) => `L . ${each}`).join(" | ")} }`),
      fc
        .array(tie("items"), { minLength: 2, maxLength: 2 })
        .map((blocks) => `( ${blocks.join(" || ")} )`),
      tie("items").map((items) => `rec X { L . ${items} . { L . abort | L . back } }`),
    ),
  }))
  .items.map((text) => {
    let labels = 0;
    const open: string[] = [];
    return text.replaceAll(/\bL\b|\bX\b|back/g, (found) => {
      if (found === "back") return open.pop() ?? "Back";
      labels += 1;
      const label = `${found}${labels}`;
      if (found === "X") open.push(label);
      return label;
    });
  });

const tokens = [
  ...["L1", "L2", "X1", "X3", "b", "A*", "B?", "A**", "?*", "*", "?", "rec", "rec X1 {", "abort"],
  ...[
    ".",
    "→",
    "{",
    "}",
    "(",
    ")",
    "|",
    "||",
    ",",
    "{ p ∈ f }",
    "{ a }",
    "{ a → b }",
    "{ all p ∈ f }",
    "{ a: b }",
    "a:b",
    "( E )",
    "A,B",
    "A|B",
    "∈",
  ],
];

interface Edit {
  readonly at: number;
  readonly gone: number;
  readonly token: string | undefined;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(1000),
  gone: fc.nat(2),
  token: fc.option(fc.constantFrom(...tokens), { nil: undefined }),
});

export const notations: fc.Arbitrary<string> = fc
  .tuple(right, fc.array(edit, { maxLength: 2 }), fc.constantFrom(" ", " ", "  ", "\n"))
  .map(([text, edits, gap]) =>
    edits
      .reduce<readonly string[]>((words, { at, gone, token }) => {
        const added = token === undefined ? [] : [token];
        return words.toSpliced(at % (words.length + 1), gone, ...added);
      }, text.split(" "))
      .join(gap),
  )
  .filter((text) => text.length < 160);

/** The sentence that says what is wrong with `notation`, or its items in the words of `ShownItems`. */
export function read(notation: string): { readonly fault: string } | { readonly items: unknown } {
  try {
    return { items: shownItems(parseSession(notation)) };
  } catch (error) {
    if (error instanceof ProtocolError) return { fault: error.what };
    throw error;
  }
}

function shownItems(items: SessionTree): readonly unknown[] {
  return items.map(shownItem);
}

function shownItem(item: SessionItem): unknown {
  switch (item.kind) {
    case "step": {
      const form = `${item.star ? "star" : "step"}${item.optional ? "?" : ""}`;
      const { role = "", event = "", to = "", quorum = "" } = item;
      return [form, item.label, role, event, to, quorum, item.cast ?? ""];
    }
    case "choice":
      return shownParts("choice", item.label, item.branches);
    case "rec":
      return ["rec", item.label, [shownItems(item.items)]];
    case "again":
      return [item.kind, item.label, "", "", "", "", ""];
    case "abort":
      return [item.kind, item.label, item.role ?? "", "", "", "", ""];
    case "parallel":
      return shownParts("parallel", item.label, item.blocks);
  }
}

function shownParts(
  kind: string,
  label: string,
  parts: readonly { readonly items: SessionTree }[],
): unknown {
  return [kind, label, parts.map(({ items }) => shownItems(items))];
}
