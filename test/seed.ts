/** Seeds of property tests: another one each run, printed, and the same again on request. */

/**
 * The seed of the run: `SEED` of the environment, or a new one. Says how to replay the run.
 *
 * @param file the test file that is to be run again
 */
export function seedFor(file: string): number {
  const given = Number(process.env["SEED"] ?? Number.NaN);
  const seed = Number.isSafeInteger(given) ? given : Math.floor(Math.random() * 2 ** 31);
  console.info(`seed ${seed}; to replay: SEED=${seed} npx vitest run ${file}`);
  return seed;
}
