import { fitEstimator } from '@gnu-mlops/trainer';
import type { Benchmark, BenchmarkOutcome, BenchmarkSettings } from './benchmark.ts';
import { boostingCases } from './boosting-cases.ts';
import { runPythonOnColumns } from './run-python.ts';
import { timeRuns } from './time-runs.ts';

const EPOCHS = 10;

/** Neural networks against scikit-learn's, on the same rows and for as many epochs. */
export function networkTraining(): Benchmark[] {
  return [[100], [64, 32]].map((hidden) => ({
    name: `neural network of ${hidden.join(' and ')} units: 100000 rows x 20 features`,
    measures: `fitting, ${EPOCHS} epochs with batches of 200 rows`,
    run: (settings: BenchmarkSettings) => runNetwork(hidden, settings),
  }));
}

async function runNetwork(
  hidden: readonly number[],
  { runs, python }: BenchmarkSettings,
): Promise<BenchmarkOutcome> {
  const { train } = boostingCases().find(({ name }) => name.includes('100000 rows'))!;
  const { matrix, labels } = train;
  const target = { task: 'classification', labels, classCount: 2 } as const;
  const hyperparameters = { hidden_layer_sizes: [...hidden], max_iter: EPOCHS };
  const request = { algorithm: 'neural_network', hyperparameters, matrix, target, seed: 42 };
  const ours = { name: 'gnu-mlops', timesMs: await timeRuns(runs, () => fitEstimator(request)) };
  if (python === undefined) {
    const notes = ['scikit-learn left out: set GNU_MLOPS_INTEROP_PYTHON to a Python that has it'];
    return { contenders: [ours], notes };
  }
  const columns = [...matrix.columns, Float64Array.from(labels)];
  const job = { columns, rowCount: matrix.rowCount, runs, hidden, epochs: EPOCHS };
  const peers = runPythonOnColumns('fit_network.py', job, python);
  return { contenders: [ours, ...peers], notes: [] };
}
