import type { JsonObject } from '@gnu-mlops/core';
import { readCsv } from '@gnu-mlops/data';
import { sharedDataPath } from '@gnu-mlops/test-kit';
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dealFolds } from '../../src/deal-folds.ts';
import { openLearningTask } from '../../src/learning-request.ts';
import { type FoldMeasurer, openFoldMeasurer } from '../../src/search/fold-measurer.ts';
import { runSearch } from '../../src/search/run-search.ts';
import type { SearchSpace } from '../../src/search/search-space.ts';
import { bestTrial, meanOf } from '../../src/search/trial.ts';
import { python } from './run-scikit-learn.ts';

/** The whole comparison takes minutes; without this variable it is a short one. */
const isWhole = process.env['GNU_MLOPS_INTEROP_FULL'] === '1';
const seeds = isWhole ? [1, 2, 3, 4, 5] : [1, 2, 3];
const trials = isWhole ? 50 : 20;
const folds = 3;

/** Bests of one sampler, Optuna's as ours, differ by 0.001 and more from seed to seed. */
const tolerance = isWhole ? 0.001 : 0.003;

const space: SearchSpace = {
  max_depth: { kind: 'int', low: 2, high: 20 },
  min_samples_leaf: { kind: 'int', low: 1, high: 60, scale: 'log' },
  min_samples_split: { kind: 'int', low: 2, high: 60, scale: 'log' },
  max_features: { kind: 'float', low: 0.05, high: 1 },
  criterion: { kind: 'categorical', values: ['gini', 'entropy'] },
};

const path = sharedDataPath('telco_customer_churn.csv');
const hasOptuna = python !== undefined && spawnSync(python, ['-c', 'import optuna']).status === 0;
const missing =
  path === undefined
    ? 'telco_customer_churn.csv is not there'
    : hasOptuna
      ? ''
      : 'GNU_MLOPS_INTEROP_PYTHON names no Python that has optuna';

async function openChurn(): Promise<FoldMeasurer> {
  const { table } = await readCsv(path!);
  const { task } = openLearningTask({
    table,
    target: 'Churn',
    algorithm: 'random_forest',
    seed: 42,
  });
  const rows = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  const hyperparameters = { n_estimators: 15 };
  const folded = { task: { ...task, hyperparameters }, folds: dealFolds(task, rows, folds) };
  return openFoldMeasurer(folded, { threads: 1 });
}

/** The mean ROC AUC over the folds, the same for both. */
async function scoreOf(measurer: FoldMeasurer, hyperparameters: JsonObject): Promise<number> {
  const values: number[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const outcome = await measurer.measure(hyperparameters, fold);
    if ('failure' in outcome) throw new Error(outcome.failure.message);
    values.push(outcome.metrics['roc_auc']!);
  }
  return meanOf(values);
}

async function searchHere(measurer: FoldMeasurer, seed: number): Promise<number> {
  const done = await runSearch(
    {
      ...{ space, seed, trials, metric: 'roc_auc', folds: 1, history: [], direction: 'maximize' },
      sampler: { kind: 'tpe' },
      pruner: { kind: 'none' },
      measureFold: async (tried) => ({ metrics: { roc_auc: await scoreOf(measurer, tried) } }),
    },
    { concurrency: 1 },
  );
  return bestTrial(done, 'maximize')!.value!;
}

async function searchByOptuna(measurer: FoldMeasurer, seed: number): Promise<number> {
  const script = fileURLToPath(new URL('./optuna_ask_tell.py', import.meta.url));
  const child = spawn(python!, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const say = (value: unknown) => child.stdin.write(`${JSON.stringify(value)}\n`);
  say({ space, seed, trials, direction: 'maximize' });
  for await (const line of createInterface({ input: child.stdout })) {
    const told = JSON.parse(line) as JsonObject;
    if ('best' in told) return told['best'] as number;
    say(await scoreOf(measurer, told));
  }
  throw new Error('Optuna ended before its search did.');
}

const medianOf = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1]!;

describe.skipIf(missing !== '')(
  `TPE beside Optuna on telco churn${missing && `: skipped, ${missing}`}`,
  () => {
    it(`finds an AUC no worse in ${trials} trials (median of ${seeds.length} seeds)`, async () => {
      const measurer = await openChurn();
      const ours: number[] = [];
      const optuna: number[] = [];
      for (const seed of seeds) {
        ours.push(await searchHere(measurer, seed));
        optuna.push(await searchByOptuna(measurer, seed));
      }
      console.table({
        ours: { median: medianOf(ours), ...ours },
        optuna: { median: medianOf(optuna), ...optuna },
      });
      expect(medianOf(ours)).toBeGreaterThanOrEqual(medianOf(optuna) - tolerance);
    }, 3_600_000);
  },
);
