/** Times side by side in one run: figures are ratios, since machines differ and are shared. */

/** Median time of one call, in milliseconds, over `rounds` calls after a warm-up. */
export async function medianMs(rounds: number, run: () => unknown): Promise<number> {
  await run();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return median(times);
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

/** One row: what was measured, its time, and how many times the baseline's that is. */
export function row(name: string, ms: number, baseline: number): string {
  return `${name.padEnd(34)} ${ms.toFixed(3).padStart(10)} ms ${(ms / baseline).toFixed(2).padStart(9)} x`;
}

/** Processor time of one call, in microseconds. */
export function cpu(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** What the last tenth costs, in terms of the first. */
export function lastToFirst(times: readonly number[]): number {
  const tenth = Math.max(1, Math.floor(times.length / 10));
  return sum(times.slice(-tenth)) / sum(times.slice(0, tenth));
}
