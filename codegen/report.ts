/** What `aura check` prints: for people, for programs, and for tools that read the compiler's. */
import type { FileReport } from "./check-files.ts";
import type { Diagnosed } from "./check.ts";

export const reportFormats = ["text", "json", "tsc"] as const;

export type ReportFormat = (typeof reportFormats)[number];

/** The lines that say what was found. */
export function renderReport(
  reports: readonly FileReport[],
  format: ReportFormat,
): readonly string[] {
  switch (format) {
    case "text":
      return reports.flatMap((report) =>
        report.accepted ? [`${report.file} is accepted.`] : report.diagnostics.flatMap(inText),
      );
    case "json":
      return [JSON.stringify(reports.map(inJson), undefined, 2)];
    case "tsc":
      return reports.flatMap((report) => report.diagnostics.map(asCompiler));
  }
}

function messageOf({ what, todo, role, locals = {} }: Diagnosed): string {
  const types = Object.entries(locals).map(([branch, local]) => `in '${branch}', ${local}`);
  const apart = types.length === 0 ? "" : ` The local types of '${role}': ${types.join("; ")}.`;
  return `${what}. ${todo}.${apart}`;
}

/** One diagnostic for a person: what, what to do, its rule, and what else has to do with it. */
export function inText(diagnosed: Diagnosed): readonly string[] {
  const { code, step, places } = diagnosed;
  const [at, ...others] = places.map(({ file, line, column }) => `${file}:${line}:${column}`);
  const which = step === undefined ? "" : `step ${step}: `;
  return [
    `${at}: ${which}${messageOf(diagnosed)} (${code})`,
    ...others.map((other) => `  also at ${other}`),
  ];
}

function inJson({ file, accepted, diagnostics }: FileReport) {
  return {
    file,
    accepted,
    diagnostics: diagnostics.map((diagnosed) => {
      const { code, role, step, places } = diagnosed;
      return { code, message: messageOf(diagnosed), role, step, places };
    }),
  };
}

/** One diagnostic as the TypeScript compiler prints its own. */
function asCompiler(diagnosed: Diagnosed): string {
  const [{ file, line, column }] = diagnosed.places;
  return `${file}(${line},${column}): error ${diagnosed.code}: ${messageOf(diagnosed)}`;
}
