import type { Benchmark, BenchmarkOutcome } from './benchmark.ts';
import { medianOf } from './time-runs.ts';

/** One line of the results. */
export interface ResultRow {
  readonly benchmark: string;
  readonly contender: string;
  readonly runs: number;
  readonly medianMs: number;
  readonly fastestMs: number;
  readonly slowestMs: number;
  /** Median over the median of our first contender: 2 takes twice as long. */
  readonly ratio: number;
}

/** One row a contender, in their order. */
export function summarise(benchmark: Benchmark, { contenders }: BenchmarkOutcome): ResultRow[] {
  const ours = medianOf(contenders[0]?.timesMs ?? []);
  return contenders.map(({ name, timesMs }) => ({
    benchmark: benchmark.name,
    contender: name,
    runs: timesMs.length,
    medianMs: medianOf(timesMs),
    fastestMs: Math.min(...timesMs),
    slowestMs: Math.max(...timesMs),
    ratio: medianOf(timesMs) / ours,
  }));
}
