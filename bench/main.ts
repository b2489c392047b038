/** `npm run bench` runs all measurements; `npm run bench -- types` the ones that are named. */
import { benchDkd } from "./dkd.ts";
import { benchSignatures } from "./signatures.ts";
import { benchTypes } from "./types.ts";

const benches: Readonly<Record<string, (print: (line: string) => void) => void | Promise<void>>> = {
  dkd: benchDkd,
  signatures: benchSignatures,
  types: benchTypes,
};

const named = process.argv.slice(2);
const unknown = named.find((name) => !Object.hasOwn(benches, name));
if (unknown === undefined) {
  for (const name of named.length === 0 ? Object.keys(benches) : named) {
    console.log(`\n# ${name}`);
    await benches[name]?.(console.log);
  }
} else {
  console.error(
    `There is no measurement '${unknown}'. Name some of: ${Object.keys(benches).join(", ")}.`,
  );
  process.exitCode = 2;
}
