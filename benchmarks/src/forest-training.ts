import { availableParallelism } from 'node:os';
import { fitEstimator } from '@gnu-mlops/trainer';
import type { Benchmark, BenchmarkSettings, Contender } from './benchmark.ts';
import { type ForestCase, forestCases } from './forest-cases.ts';
import { timeRuns } from './time-runs.ts';
import { timeScikitLearn } from './time-scikit-learn.ts';

/** The random forest against scikit-learn's, on the same encoded rows. */
export function forestTraining(): Benchmark[] {
  return forestCases().map((forestCase) => ({
    name: forestCase.name,
    measures: 'fitting a random forest of 100 trees to encoded rows, binning included',
    run: (settings) => runForest(forestCase, settings),
  }));
}

async function runForest(forestCase: ForestCase, { runs, python }: BenchmarkSettings) {
  const { matrix, target, hyperparameters } = forestCase;
  const request = { algorithm: 'random_forest', matrix, target, hyperparameters, seed: 42 };
  const contenders: Contender[] = [];
  for (const threads of new Set([availableParallelism(), 1])) {
    contenders.push({
      name: `gnu-mlops, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      timesMs: await timeRuns(runs, () => fitEstimator(request, { threads })),
    });
  }
  if (python === undefined) {
    const notes = ['scikit-learn left out: set GNU_MLOPS_INTEROP_PYTHON to a Python that has it'];
    return { contenders, notes };
  }
  return {
    contenders: [...contenders, ...timeScikitLearn(forestCase, { python, runs })],
    notes: [],
  };
}
