import { createMatrixScorer } from '@gnu-mlops/model';
import { fitEstimator } from '@gnu-mlops/trainer';
import type { Benchmark, BenchmarkOutcome, BenchmarkSettings } from './benchmark.ts';
import { boostingCases } from './boosting-cases.ts';
import { runPythonOnColumns } from './run-python.ts';
import { timeRuns } from './time-runs.ts';

/** Logistic regression against scikit-learn's lbfgs, on the same rows. */
export function logisticTraining(): Benchmark {
  return {
    name: 'logistic regression: 100000 rows x 20 features',
    measures: 'fitting, with the same penalty and tolerance',
    run: runLogistic,
  };
}

async function runLogistic({ runs, python }: BenchmarkSettings): Promise<BenchmarkOutcome> {
  const { train } = boostingCases().find(({ name }) => name.includes('100000 rows'))!;
  const { matrix, labels } = train;
  const target = { task: 'classification', labels, classCount: 2 } as const;
  const request = { algorithm: 'logistic_regression', matrix, target, seed: 42 };
  const ours = { name: 'gnu-mlops', timesMs: await timeRuns(runs, () => fitEstimator(request)) };
  const outputs = createMatrixScorer(await fitEstimator(request))(matrix);
  const loss = labels.reduce((sum, label, row) => sum - Math.log(outputs[2 * row + label]!), 0);
  const notes = [`gnu-mlops: log loss ${(loss / labels.length).toFixed(8)}`];
  if (python === undefined) {
    notes.push('scikit-learn left out: set GNU_MLOPS_INTEROP_PYTHON to a Python that has it');
    return { contenders: [ours], notes };
  }
  const columns = [...matrix.columns, Float64Array.from(labels)];
  const job = { columns, rowCount: matrix.rowCount, runs };
  const peers = runPythonOnColumns('fit_logistic.py', job, python);
  const told = peers as readonly { readonly name: string; readonly logLoss?: number }[];
  notes.push(...told.map(({ name, logLoss }) => `${name}: log loss ${logLoss?.toFixed(8)}`));
  return { contenders: [ours, ...peers], notes };
}
