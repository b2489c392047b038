/** The examples in documents and docstrings. */
import { commentsOf, lineAt, parseSources } from "../tidy/source.ts";

/** One example: TypeScript that a reader can paste into a file. */
export interface Example {
  /** `file:line` of the example's first line. */
  readonly file: string;
  readonly line: number;
  readonly code: string;
  /** Marked `run`: it has to succeed, too, not only to compile. */
  readonly run: boolean;
}

/** The examples of a Markdown document: its blocks of `ts`, and of `ts run`. */
export function examplesOfDocument(file: string, text: string): readonly Example[] {
  return fencedExamples(file, text.split("\n"), 1);
}

/** The `@example`s in the docstrings of a source file; without fences, the text is the example. */
export function examplesOfSource(file: string, text: string): readonly Example[] {
  return parseSources(new Map([[file, text]])).flatMap((source) =>
    commentsOf(source).flatMap(({ start, text: comments }) =>
      [...comments.matchAll(/\/\*\*.*?\*\//gs)].flatMap((docstring) =>
        examplesOfDocstring(file, docstring[0], lineAt(source, start + docstring.index)),
      ),
    ),
  );
}

function examplesOfDocstring(file: string, docstring: string, line: number): readonly Example[] {
  const lines = docstring
    .replace(/^\/\*\*/, "")
    .replace(/\s*\*\/$/, "")
    .split("\n")
    .map((each) => each.replace(/^\s*\* ?/, ""));
  return lines.flatMap((each, index) => {
    if (!/^\s*@example\b/.test(each)) return [];
    const body = untilNextTag(lines.slice(index + 1));
    const start = line + index + 1;
    if (body.some((inner) => fence.test(inner))) return fencedExamples(file, body, start);
    return [{ file, line: start, code: body.join("\n"), run: false }];
  });
}

function untilNextTag(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => /^@[a-z]/.test(line));
  return end === -1 ? lines : lines.slice(0, end);
}

const fence = /^\s*(`{3,}|~{3,})\s*(.*?)\s*$/;

function fencedExamples(file: string, lines: readonly string[], first: number): readonly Example[] {
  const examples: Example[] = [];
  let open: { readonly mark: string; readonly info: string; readonly at: number } | undefined;
  for (const [at, line] of lines.entries()) {
    const [, mark = "", info = ""] = fence.exec(line) ?? [];
    if (open === undefined) {
      if (mark !== "") open = { mark, info, at };
    } else if (mark.startsWith(open.mark) && info === "") {
      const [language, ...words] = open.info.split(/\s+/);
      if (language === "ts" || language === "typescript") {
        const code = lines.slice(open.at + 1, at).join("\n");
        examples.push({
          file,
          line: first + open.at + 1,
          code,
          run: isRun(words, file, first + open.at),
        });
      }
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`${file}:${first + open.at}: the block is never closed`);
  return examples;
}

function isRun(words: readonly string[], file: string, line: number): boolean {
  if (words.length === 0) return false;
  if (words.join(" ") === "run") return true;
  throw new Error(`${file}:${line}: "${words.join(" ")}" means nothing: write "ts" or "ts run"`);
}
