import { measureRocAuc } from '@gnu-mlops/core';
import { type Estimator, predictMatrix } from '@gnu-mlops/model';
import { type FitContext, fitEstimator } from '@gnu-mlops/trainer';
import type {
  Benchmark,
  BenchmarkOutcome,
  BenchmarkSettings,
  TimedContender,
} from './benchmark.ts';
import { type BoostingCase, type BoostingRows, boostingCases } from './boosting-cases.ts';
import { timeCloudForestPeers } from './time-cloud-forest-peers.ts';
import { timeMlRandomForest } from './time-ml-random-forest.ts';
import { timeRuns } from './time-runs.ts';

/** Seeds that the ranking is compared over. */
const SEEDS = 10;

/** Rows up to which ml-random-forest takes part: at 10,000 x 20 it does not end within minutes. */
const ROWS_FOR_ALL = 1000;

/** The random forest against its peers on the clouds that boosting is compared on. */
export function cloudForests(): Benchmark[] {
  return boostingCases()
    .filter(({ name }) => /: (1000|100000) rows/.test(name))
    .map((cloudCase) => ({
      name: cloudCase.name.replace('boosting', 'forest'),
      measures: 'fitting a random forest of 100 trees, depth 10, conversion and binning included',
      run: (settings) => runForest(cloudCase, settings),
    }));
}

async function runForest(
  { train, test }: BoostingCase,
  { runs, python, nodePeers }: BenchmarkSettings,
): Promise<BenchmarkOutcome> {
  const target = { task: 'classification', labels: train.labels, classCount: 2 } as const;
  const fit = (seed: number, context: FitContext) =>
    fitEstimator({ algorithm: 'random_forest', matrix: train.matrix, target, seed }, context);
  const contenders: TimedContender[] = [];
  const ways: readonly (readonly [string, FitContext])[] = [
    ['threads by size', {}],
    ['2 threads', { threads: 2 }],
    ['1 thread', { threads: 1 }],
  ];
  for (const [name, context] of ways) {
    let seed = 0;
    const timesMs = await timeRuns(runs, () => fit(seed++, context));
    contenders.push({ name: `gnu-mlops, ${name}`, timesMs });
  }
  const aucs: number[] = [];
  for (let seed = 0; seed < SEEDS; seed++) aucs.push(aucOf(await fit(seed, {}), test));
  const notes = [`gnu-mlops: ${describeAucs(aucs)}`];

  if (nodePeers === undefined) {
    notes.push('ml-random-forest left out: set GNU_MLOPS_BENCH_NODE_PEERS to a folder that has it');
  } else if (train.matrix.rowCount <= ROWS_FOR_ALL) {
    contenders.push(await timeMlRandomForest(train, { runs, folder: nodePeers }));
  }
  if (python === undefined) {
    notes.push(
      'scikit-learn and XGBoost left out: set GNU_MLOPS_INTEROP_PYTHON to a Python with them',
    );
    return { contenders, notes };
  }
  const peers = timeCloudForestPeers({ train, test }, { python, runs, seeds: SEEDS });
  const ranked = peers.filter((peer) => peer.aucs.length > 0);
  return {
    contenders: [...contenders, ...peers],
    notes: [...notes, ...ranked.map((peer) => `${peer.name}: ${describeAucs(peer.aucs)}`)],
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

function describeAucs(aucs: readonly number[]): string {
  const mean = aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length;
  const [least, most] = [Math.min(...aucs), Math.max(...aucs)].map((auc) => auc.toFixed(5));
  return `AUC ${mean.toFixed(5)} (${least} to ${most}) over ${aucs.length} seeds`;
}
