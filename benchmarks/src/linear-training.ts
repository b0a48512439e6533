import { createRandom } from '@gnu-mlops/core';
import type { LinearEstimator } from '@gnu-mlops/model';
import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import { fitEstimator } from '@gnu-mlops/trainer';
import type { Benchmark, BenchmarkOutcome, BenchmarkSettings, Contender } from './benchmark.ts';
import { runPythonOnColumns } from './run-python.ts';
import { timeRuns } from './time-runs.ts';

/** How many rows and numbers, and how many columns of three categories each. */
interface LinearShape {
  readonly rows: number;
  readonly numbers: number;
  readonly categories: number;
}

const shapes: readonly LinearShape[] = [
  { rows: 200_000, numbers: 60, categories: 0 },
  { rows: 200_000, numbers: 30, categories: 10 },
  { rows: 20_000, numbers: 400, categories: 0 },
  { rows: 1_000_000, numbers: 20, categories: 0 },
];

/** Linear regression and ridge against scikit-learn's, on the same rows. */
export function linearTraining(): Benchmark[] {
  return shapes.flatMap((shape) =>
    (['linear_regression', 'ridge'] as const).map((algorithm) => ({
      name: `${algorithm}: ${shape.rows} rows x ${shape.numbers + 3 * shape.categories} features${shape.categories > 0 ? ', some one-hot' : ''}`,
      measures: 'fitting, with defaults',
      run: (settings: BenchmarkSettings) => runLinear(algorithm, shape, settings),
    })),
  );
}

async function runLinear(
  algorithm: 'linear_regression' | 'ridge',
  shape: LinearShape,
  { runs, python }: BenchmarkSettings,
): Promise<BenchmarkOutcome> {
  const { matrix, values } = createRows(shape);
  const target = { task: 'regression', values } as const;
  const request = { algorithm, matrix, target, seed: 42 };
  const ours = { name: 'gnu-mlops', timesMs: await timeRuns(runs, () => fitEstimator(request)) };
  if (python === undefined) {
    const notes = ['scikit-learn left out: set GNU_MLOPS_INTEROP_PYTHON to a Python that has it'];
    return { contenders: [ours], notes };
  }
  const job = { columns: [...matrix.columns, values], algorithm, rowCount: matrix.rowCount, runs };
  const peers = runPythonOnColumns('fit_linear.py', job, python);
  const { coefficients } = (await fitEstimator(request)) as LinearEstimator;
  return { contenders: [ours, ...peers], notes: peers.map((peer) => apart(peer, coefficients)) };
}

/** How far the coefficients are apart. */
function apart(peer: Contender, ours: Float64Array): string {
  const { coefficients } = peer as unknown as { readonly coefficients: readonly number[] };
  const gap = Math.hypot(...ours.map((value, j) => value - coefficients[j]!)) / Math.hypot(...ours);
  return `${peer.name}: coefficients differ by ${gap.toExponential(1)}`;
}

/** Amounts, categories one column each, and a target that all have a part in. */
function createRows({ rows, numbers, categories }: LinearShape): {
  readonly matrix: FeatureMatrix;
  readonly values: Float64Array;
} {
  const random = createRandom(11, rows, numbers);
  const columns = Array.from({ length: numbers }, () =>
    Float64Array.from({ length: rows }, () => random.nextNormal()),
  );
  for (let c = 0; c < categories; c++) {
    const codes = Float64Array.from({ length: rows }, () => random.nextInt(3));
    for (const code of [0, 1, 2]) columns.push(codes.map((each) => Number(each === code)));
  }
  const values = Float64Array.from({ length: rows }, () => random.nextNormal());
  for (const column of columns) {
    const share = random.nextNormal();
    for (let row = 0; row < rows; row++) values[row]! += share * column[row]!;
  }
  const features = columns.map((_, j) => ({ name: `x${j}`, kind: 'numeric' as const }));
  return { matrix: { rowCount: rows, features, columns }, values };
}
