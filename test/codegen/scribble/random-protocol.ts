/** Random global types, printed as Scribble. */
import * as fc from "fast-check";

/** A global type in short, in the words of Scribble. */
export type Item =
  | { readonly kind: "send"; readonly label: string; readonly by: string; readonly to: string }
  | { readonly kind: "choice"; readonly by: string; readonly branches: readonly Items[] }
  | { readonly kind: "rec"; readonly label: string; readonly body: Items }
  | { readonly kind: "again"; readonly label: string }
  | { readonly kind: "parallel"; readonly blocks: readonly Items[] };

export type Items = readonly Item[];

const roles = ["ann", "bob", "cyd"];
const payloads = ["", "String", "Int", "x: Bool, bytes", "Book", "Int[]"];
const poolSize = 48;

type SendItem = Extract<Item, { kind: "send" }>;

/** Message number `index`: a label always has the same sender and receiver. */
function message(index: number): SendItem {
  const by = index % 3;
  const to = (by + 1 + (Math.floor(index / 3) % 2)) % 3;
  return { kind: "send", label: `M${index}x`, by: roles[by] ?? "", to: roles[to] ?? "" };
}

/** Draws a number below `bound`; the first ones decide most. */
type Draw = (bound: number) => number;

interface Around {
  /** Labels used on the way here: no other message may have one of them. */
  readonly used: Set<string>;
  readonly loops: readonly string[];
  readonly depth: number;
}

function drawMessage(draw: Draw, { used }: Around, by?: string): SendItem | undefined {
  const free = Array.from({ length: poolSize }, (_, index) => message(index)).filter(
    (each) => !used.has(each.label) && (by === undefined || each.by === by),
  );
  const found = free[draw(Math.min(free.length, 6))];
  if (found !== undefined) used.add(found.label);
  return found;
}

function drawItems(draw: Draw, around: Around, first: Items): Items {
  const items: Item[] = [...first];
  const length = draw(4);
  for (let index = 0; index < length; index += 1) {
    items.push(...drawItem(draw, around));
  }
  const last = around.loops[draw(around.loops.length + 2)];
  return last === undefined ? items : [...items, { kind: "again", label: last }];
}

function drawBlock(draw: Draw, around: Around, by?: string): Items | undefined {
  const first = drawMessage(draw, around, by);
  return first && drawItems(draw, { ...around, depth: around.depth + 1 }, [first]);
}

function drawItem(draw: Draw, around: Around): Items {
  const kind = around.depth > 3 ? 0 : draw(6);
  switch (kind) {
    case 3: {
      const by = roles[draw(3)] ?? "";
      const before = [...around.used];
      const firsts = new Set<string>();
      const branches = Array.from({ length: 2 + draw(2) }, () => {
        const used = new Set(before);
        const first = drawMessage(draw, { ...around, used: new Set([...used, ...firsts]) }, by);
        if (first === undefined) return undefined;
        firsts.add(first.label);
        used.add(first.label);
        const items = drawItems(draw, { ...around, used, depth: around.depth + 1 }, [first]);
        for (const label of used) around.used.add(label);
        return items;
      }).filter((branch) => branch !== undefined);
      return branches.length < 2 ? [] : [{ kind: "choice", by, branches }];
    }
    case 4: {
      const label = `L${around.used.size}`;
      around.used.add(label);
      const body = drawBlock(draw, { ...around, loops: [...around.loops, label] });
      return body === undefined ? [] : [{ kind: "rec", label, body }];
    }
    case 5: {
      const inside = { ...around, loops: [] };
      const blocks = [drawBlock(draw, inside), drawBlock(draw, inside)].filter(
        (block) => block !== undefined,
      );
      return blocks.length < 2 ? [] : [{ kind: "parallel", blocks }];
    }
    default: {
      const sent = drawMessage(draw, around);
      return sent === undefined ? [] : [sent];
    }
  }
}

export const anyItems: fc.Arbitrary<Items> = fc
  .array(fc.nat(1000), { minLength: 1, maxLength: 120 })
  .map((numbers) => {
    let at = 0;
    const draw: Draw = (bound) => {
      const number = numbers[at] ?? 0;
      at += 1;
      return bound === 0 ? 0 : number % bound;
    };
    const around = { used: new Set<string>(), loops: [], depth: 0 };
    return drawBlock(draw, around) ?? [];
  });

/** Prints as Scribble; every block without a jump out of it may become a protocol of its own. */
export function printScribble(items: Items, extracts: (count: number) => boolean): string {
  const others: string[] = [];
  let blocks = 0;
  const block = (inside: Items): string => {
    blocks += 1;
    if (!extracts(blocks) || jumpsOut(inside)) return `{ ${inside.map(print).join(" ")} }`;
    const name = `Part${blocks}`;
    const body = inside.map(print).join(" ");
    others.push(`aux global protocol ${name}(role ann, role bob, role cyd) { ${body} }`);
    return `{ do ${name}(${roles.join(", ")}); }`;
  };
  const print = (item: Item): string => {
    switch (item.kind) {
      case "send":
        return `${spelled(item.label)}(${payloadOf(item.label)}) from ${item.by} to ${item.to};`;
      case "choice":
        return `choice at ${item.by} ${item.branches.map(block).join(" or ")}`;
      case "rec":
        return `rec ${item.label} ${block(item.body)}`;
      case "again":
        return `continue ${item.label};`;
      case "parallel":
        return `par ${item.blocks.map(block).join(" and ")}`;
    }
  };
  const heads = roles.map((role) => `role ${role}`).join(", ");
  const main = `global protocol Random(${heads}) { ${items.map(print).join(" ")} }`;
  return [main, ...others].join("\n");
}

function payloadOf(label: string): string {
  return payloads[Number(label.slice(1, -1)) % payloads.length] ?? "";
}

/** The label as a message is named: with a small letter, here. */
function spelled(label: string): string {
  return `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

function jumpsOut(items: Items, bound: readonly string[] = []): boolean {
  return items.some((item) => {
    switch (item.kind) {
      case "send":
        return false;
      case "choice":
        return item.branches.some((branch) => jumpsOut(branch, bound));
      case "rec":
        return jumpsOut(item.body, [...bound, item.label]);
      case "again":
        return !bound.includes(item.label);
      case "parallel":
        return item.blocks.some((each) => jumpsOut(each, bound));
    }
  });
}
