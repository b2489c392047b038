/** The session notation: labels dropped, exchanged, and without their marks. */
import { tokens } from "../../../dsl/session-token.ts";
import type { Token } from "../../../dsl/session-token.ts";
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

function itemsOf(chain: Chain): readonly Item[] {
  const { from } = chain.session;
  const all = tokens(textAt(chain, chain.session));
  return all.flatMap((token, index) => {
    if (token.kind !== "item") return [];
    const own = { from: from + token.start, to: from + token.start + token.source.length };
    return [{ ...own, text: token.text, dropped: withDot(own, all, index, from) }];
  });
}

function withDot(own: Span, all: readonly Token[], index: number, from: number): Span {
  const [before, after] = [all[index - 1], all[index + 1]];
  if (after?.kind === ".") return { from: own.from, to: from + after.start + 1 };
  return before?.kind === "." ? { from: from + before.start, to: own.to } : own;
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
