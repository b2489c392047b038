/**
 * `npm run bench` runs all measurements; `npm run bench -- types` the ones that are named. `types
 * --budgets` compares what has a budget with it, and fails where one is exceeded; `--update` lowers
 * the budgets to what was measured.
 */
import { benchDkd } from "./dkd.ts";
import { benchLedger } from "./ledger.ts";
import { benchMonitor } from "./monitor.ts";
import { benchSignatures } from "./signatures.ts";
import { checkTypeBudgets } from "./type-budgets.ts";
import { benchTypes } from "./types.ts";

const benches: Readonly<Record<string, (print: (line: string) => void) => void | Promise<void>>> = {
  dkd: benchDkd,
  ledger: benchLedger,
  monitor: benchMonitor,
  signatures: benchSignatures,
  types: benchTypes,
};

const flags = new Set(["--budgets", "--update"]);
const named = process.argv.slice(2).filter((word) => !flags.has(word));
const unknown = named.find((name) => !Object.hasOwn(benches, name));
if (unknown !== undefined) {
  console.error(
    `There is no measurement '${unknown}'. Name some of: ${Object.keys(benches).join(", ")}.`,
  );
  process.exitCode = 2;
} else if (process.argv.some((word) => flags.has(word))) {
  if (!checkTypeBudgets(process.argv.includes("--update"), console.log)) {
    console.error("The types cost more than their budget in bench/type-budgets.json.");
    process.exitCode = 1;
  }
} else {
  for (const name of named.length === 0 ? Object.keys(benches) : named) {
    console.log(`\n# ${name}`);
    await benches[name]?.(console.log);
  }
}
