import type { Benchmark, BenchmarkOutcome, Contender } from './benchmark.ts';
import { medianOf } from './time-runs.ts';

/** One line of the results. */
export interface ResultRow {
  readonly benchmark: string;
  readonly contender: string;
  readonly runs: number;
  /** Of the figures below. */
  readonly unit: 'ms' | 'MB';
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** Median over the median of our first contender: 2 takes twice as long, or twice as much. */
  readonly ratio: number;
}

/** One row a contender, in their order. */
export function summarise(benchmark: Benchmark, { contenders }: BenchmarkOutcome): ResultRow[] {
  const ours = medianOf(contenders[0] === undefined ? [] : figuresOf(contenders[0]));
  return contenders.map((contender) => {
    const figures = figuresOf(contender);
    return {
      benchmark: benchmark.name,
      contender: contender.name,
      runs: figures.length,
      unit: 'timesMs' in contender ? 'ms' : 'MB',
      median: medianOf(figures),
      least: Math.min(...figures),
      most: Math.max(...figures),
      ratio: medianOf(figures) / ours,
    };
  });
}

function figuresOf(contender: Contender): readonly number[] {
  return 'timesMs' in contender ? contender.timesMs : contender.sizesMb;
}
