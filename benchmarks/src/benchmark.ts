/** What one contender took for a benchmark, one figure a run. */
export type Contender = TimedContender | MeasuredContender;

/** A contender whose runs were timed. */
export interface TimedContender {
  /** `gnu-mlops, 2 threads`, `scikit-learn 1.9.1, 1 job`. */
  readonly name: string;
  /** Wall-clock milliseconds. */
  readonly timesMs: readonly number[];
}

/** A contender whose memory was measured. */
export interface MeasuredContender {
  readonly name: string;
  /** Millions of bytes. */
  readonly sizesMb: readonly number[];
}

/** One question about speed, asked of us and of our peers on the same data. */
export interface Benchmark {
  readonly name: string;
  /** What is measured, in one line. */
  readonly measures: string;
  /** Ours first: the others are compared with it. */
  readonly run: (settings: BenchmarkSettings) => Promise<BenchmarkOutcome>;
}

export interface BenchmarkSettings {
  /** Timed runs of each contender, after one to warm up. */
  readonly runs: number;
  /** A Python with the peers; undefined: they are left out, and the outcome says so. */
  readonly python: string | undefined;
  /** A Python with pandas 2, whose reader has one thread; undefined: left out likewise. */
  readonly pandas2Python: string | undefined;
  /** A folder with onnxruntime-node in its node_modules; undefined: left out likewise. */
  readonly nodePeers: string | undefined;
}

export interface BenchmarkOutcome {
  readonly contenders: readonly Contender[];
  /** What was left out, and how to have it. */
  readonly notes: readonly string[];
}
