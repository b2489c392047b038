/** The session notation: labels dropped, exchanged, and without their marks. */
import { stepsOf } from "../chain.ts";
import type { Chain, Span } from "../chain.ts";
import { exchange, put, textAt } from "../change.ts";
import type { Change, Edit } from "../change.ts";

interface Item extends Span {
  readonly text: string;
  /** Itself, and the dot that goes with it. */
  readonly dropped: Span;
}

export function sessionChanges(chain: Chain): readonly Change[] {
  const items = itemsOf(chain);
  return [
    ...items.flatMap((item, index): readonly Change[] => [
      ...exchanged(chain, item, items[index + 1]),
      { kind: "session", step: item.text, detail: "dropped", edits: [put(item.dropped, "")] },
      ...unmarked(chain, item),
    ]),
    ...locks(chain, items),
  ];
}

/** An item of the notation with its marks and its long form, or a mark between items. */
const token =
  /(?:(rec\s+)?([A-Za-z]\w*)[*?]*(?:\s*\{[^{}.|]*\})?(?:\s*\(\s*\w+\s*\))?\??)|\|\||[.→{}()|]/g;

function itemsOf(chain: Chain): readonly Item[] {
  const { from } = chain.session;
  const all = [...textAt(chain, chain.session).matchAll(token)];
  return all.flatMap((found, index) => {
    const [source, , text] = found;
    if (text === undefined) return [];
    const own = { from: from + found.index, to: from + found.index + source.length };
    return [{ ...own, text, dropped: withDot(own, all[index - 1], all[index + 1], from) }];
  });
}

/** A label with the dot after it, or else the one before. */
function withDot(
  own: Span,
  before: RegExpExecArray | undefined,
  after: RegExpExecArray | undefined,
  from: number,
): Span {
  if (isDot(after)) return { from: own.from, to: from + after.index + 1 };
  return isDot(before) ? { from: from + before.index, to: own.to } : own;
}

function isDot(found: RegExpExecArray | undefined): found is RegExpExecArray {
  return found?.[0] === "." || found?.[0] === "→";
}

function exchanged(chain: Chain, item: Item, next: Item | undefined): readonly Change[] {
  if (next === undefined) return [];
  const edits = exchange(chain, item, next);
  return [{ kind: "session", step: item.text, detail: `and ${next.text}`, edits }];
}

function unmarked(chain: Chain, item: Item): readonly Change[] {
  const text = textAt(chain, item);
  return ["*", "?"]
    .filter((mark) => text.includes(mark))
    .map((mark) => {
      const edits = [put(item, text.replace(mark, ""))];
      return { kind: "session", step: item.text, detail: `no ${mark}`, edits };
    });
}

/** A lock that is not taken, or not given back, and the session knows nothing of it either. */
function locks(chain: Chain, items: readonly Item[]): readonly Change[] {
  return stepsOf(chain)
    .filter(({ verb }) => verb === "acquire" || verb === "release")
    .map(({ verb, label, span }): Change => {
      const named = items.filter(({ text }) => text === label);
      const edits: readonly Edit[] = [put(span, ""), ...named.map((item) => put(item.dropped, ""))];
      return { kind: "lock", step: label, detail: `no ${verb}`, edits };
    });
}
