/** How long rows took that were scored one by one. */
export interface RowLatency {
  /** All rows, one figure a run. */
  readonly timesMs: readonly number[];
  /** Each row of the last run, ascending. */
  readonly rowsUs: Float64Array;
}

/** Score rows one after another, once to warm up and then `runs` times. */
export async function timeRowsAlone(
  runs: number,
  rowCount: number,
  score: (row: number) => unknown,
): Promise<RowLatency> {
  const timesMs: number[] = [];
  const rowsUs = new Float64Array(rowCount);
  for (let run = -1; run < runs; run++) {
    const startMs = performance.now();
    for (let row = 0; row < rowCount; row++) {
      const before = process.hrtime.bigint();
      const pending = score(row);
      if (pending instanceof Promise) await pending;
      rowsUs[row] = Number(process.hrtime.bigint() - before) / 1000;
    }
    if (run >= 0) timesMs.push(performance.now() - startMs);
  }
  return { timesMs, rowsUs: rowsUs.sort() };
}

/** `p50 2.1 us, p99 3.4 us a row`. */
export function describeLatency({ rowsUs }: RowLatency): string {
  const at = (share: number) => rowsUs[Math.floor(share * rowsUs.length)]!.toFixed(1);
  return `p50 ${at(0.5)} us, p99 ${at(0.99)} us a row`;
}
