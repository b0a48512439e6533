/** What one contender took for one run of a benchmark. */
export interface Contender {
  /** `gnu-mlops, 2 threads`, `scikit-learn 1.9.1, 1 job`. */
  readonly name: string;
  /** Wall-clock milliseconds, one a run. */
  readonly timesMs: readonly number[];
}

/** One question about speed, asked of us and of our peers on the same data. */
export interface Benchmark {
  readonly name: string;
  /** What is timed, in one line. */
  readonly measures: string;
  /** Ours first: the others are compared with it. */
  readonly run: (settings: BenchmarkSettings) => Promise<BenchmarkOutcome>;
}

export interface BenchmarkSettings {
  /** Timed runs of each contender, after one to warm up. */
  readonly runs: number;
  /** A Python with the peers; undefined: they are left out, and the outcome says so. */
  readonly python: string | undefined;
}

export interface BenchmarkOutcome {
  readonly contenders: readonly Contender[];
  /** What was left out, and how to have it. */
  readonly notes: readonly string[];
}
