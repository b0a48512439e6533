/** Run once to warm up, then `runs` times. @returns wall-clock milliseconds of the timed runs. */
export async function timeRuns(runs: number, work: () => Promise<unknown>): Promise<number[]> {
  await work();
  const timesMs: number[] = [];
  for (let run = 0; run < runs; run++) {
    const startMs = performance.now();
    await work();
    timesMs.push(performance.now() - startMs);
  }
  return timesMs;
}

/** The middle one; the mean of the middle two of an even number. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
