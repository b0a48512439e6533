import { availableParallelism } from 'node:os';
import { measureRocAuc } from '@gnu-mlops/core';
import { type Estimator, predictMatrix } from '@gnu-mlops/model';
import { fitEstimator } from '@gnu-mlops/trainer';
import type { Benchmark, BenchmarkSettings, Contender } from './benchmark.ts';
import { type BoostingCase, type BoostingRows, boostingCases } from './boosting-cases.ts';
import { timeBoostingPeers } from './time-boosting-peers.ts';
import { timeRuns } from './time-runs.ts';

/** Boosting against LightGBM and XGBoost, on the same rows. */
export function boostingTraining(): Benchmark[] {
  return boostingCases().map((boostingCase) => ({
    name: boostingCase.name,
    measures: 'fitting 100 trees of 31 leaves over 255 bins, conversion and binning included',
    run: (settings) => runBoosting(boostingCase, settings),
  }));
}

async function runBoosting({ train, test }: BoostingCase, { runs, python }: BenchmarkSettings) {
  const target = { task: 'classification', labels: train.labels, classCount: 2 } as const;
  const request = { algorithm: 'lightgbm', matrix: train.matrix, target, seed: 42 };
  const contenders: Contender[] = [];
  const notes: string[] = [];
  for (const threads of new Set([1, Math.min(2, availableParallelism())])) {
    let estimator: Estimator | undefined;
    const timesMs = await timeRuns(runs, async () => {
      estimator = await fitEstimator(request, { threads });
    });
    contenders.push({ name: `gnu-mlops, ${threads} threads`, timesMs });
    notes.push(`gnu-mlops, ${threads} threads: AUC ${aucOf(estimator!, test).toFixed(5)}`);
  }
  const timesMs = await timeRuns(runs, () => fitEstimator(request));
  contenders.push({ name: 'gnu-mlops, threads by size', timesMs });
  if (python === undefined) {
    notes.push('LightGBM and XGBoost left out: set GNU_MLOPS_INTEROP_PYTHON to a Python with them');
    return { contenders, notes };
  }
  const peers = timeBoostingPeers({ train, test }, { python, runs });
  return {
    contenders: [...contenders, ...peers],
    notes: [...notes, ...peers.map(({ name, auc }) => `${name}: AUC ${auc.toFixed(5)}`)],
  };
}

function aucOf(estimator: Estimator, { matrix, labels }: BoostingRows): number {
  const outputs = predictMatrix(estimator, matrix);
  const ofClass = (code: number) =>
    Float64Array.from({ length: labels.length }, (_, row) => outputs[2 * row + 1]!).filter(
      (_, row) => labels[row] === code,
    );
  return measureRocAuc(ofClass(1), ofClass(0));
}
