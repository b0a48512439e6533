import {
  type JsonObject,
  METRIC_NAMES,
  type Task,
  isHigherBetter,
  isMetricName,
  metricTask,
} from '@gnu-mlops/core';
import { algorithmNamed } from '../algorithms.ts';
import { dealFolds } from '../deal-folds.ts';
import { TrainingOptionError } from '../errors.ts';
import { holdOutRows } from '../hold-out-rows.ts';
import { openLearningTask } from '../learning-request.ts';
import type { LearningTask } from '../learning-task.ts';
import { withoutHyperparameters } from '../merge-hyperparameters.ts';
import { withPool } from '../threads/with-pool.ts';
import { checkSearchSpace } from './check-search-space.ts';
import { defaultSearchSpace } from './default-search-space.ts';
import { gridSize } from './grid-sampler.ts';
import { openMeasurer } from './open-measurer.ts';
import { parseSearchSpace } from './parse-search-space.ts';
import { runSearch } from './run-search.ts';
import type { Sampler } from './sampler.ts';
import { SearchFruitlessError, SearchSpaceError } from './search-errors.ts';
import type { SearchContext, SearchRequest, SearchResult } from './search-request.ts';
import type { SearchSpace } from './search-space.ts';
import { bestTrial } from './trial.ts';

const defaultTrials = 50;

/**
 * Look for the hyperparameters that do best in cross-validation. Every trial is measured on the same
 * folds, one after the other, so that the pruner can end a hopeless one early.
 *
 * The same request and `concurrency` give the same trials; a search that goes on from the history of
 * one that was cut short gives what the whole would have given.
 *
 * @throws {SearchSpaceError} when there is no space, and none is known for the algorithm, or for one
 *   that does not read, as `parseSearchSpace` says.
 * @throws what `checkSearchSpace` and `openLearningTask` throw, before the first trial.
 * @throws {TrainingOptionError} for a metric of another task, or a number out of its range.
 * @throws {SearchFruitlessError} when no trial is completed.
 * @throws {TrainingCancelledError} when the signal aborts.
 */
export async function searchHyperparameters(
  request: SearchRequest,
  context: SearchContext = {},
): Promise<SearchResult> {
  const { task } = openLearningTask(request);
  const { concurrency = 1, onProgress, threads, signal } = context;
  const given = request.space ?? knownSpace(request.algorithm);
  const space = parseSearchSpace(given as unknown as JsonObject);
  checkSearchSpace(space, { algorithm: algorithmNamed(request.algorithm), task: task.target.task });
  const sampler = request.sampler ?? { kind: 'tpe' };
  checkCount('trials', request.trials);
  checkCount('concurrency', concurrency);
  checkSampler(sampler);
  const metric = request.metric ?? defaultSearchMetric(task.target.task);
  checkMetric(metric, task.target.task);
  const direction = request.direction ?? (isHigherBetter(metric) ? 'maximize' : 'minimize');
  const wanted = request.trials ?? defaultTrials;
  const total = sampler.kind === 'grid' ? Math.min(wanted, gridSize(sampler, space)) : wanted;
  const history = request.history ?? [];
  let done = history.filter(({ number }) => number < total).length;

  const { algorithm, hyperparameters = {} } = request;
  // Those that the space has no say in.
  const fixed = withoutHyperparameters(algorithm, hyperparameters, Object.keys(space));
  const common = { ...task, hyperparameters: fixed };
  const folds = dealFolds(task, rowsToSearch(task, request), request.folds);
  return withPool(context, async ({ pool }) => {
    const measurer = openMeasurer(
      { task: common, folds },
      {
        ...{ pool, concurrency },
        ...(signal && { signal }),
        ...(threads !== undefined && { threads }),
      },
    );
    try {
      const trials = await runSearch(
        {
          ...{ space, sampler, metric, direction, history, trials: total, folds: request.folds },
          pruner: request.pruner ?? { kind: 'median' },
          seed: request.samplerSeed ?? request.seed,
          measureFold: measurer.measure,
        },
        {
          ...context,
          concurrency,
          async onTrial(trial) {
            await context.onTrial?.(trial);
            done++;
            const detail = `trial ${trial.number + 1}: ${trial.state}`;
            onProgress?.({ stage: 'search', done, total, detail });
          },
        },
      );
      const best = bestTrial(trials, direction);
      if (best === undefined) {
        throw new SearchFruitlessError(trials.length, trials[0]?.error?.message ?? 'unknown');
      }
      return { best, trials, metric, direction, space };
    } finally {
      await measurer.close();
    }
  });
}

/** What a search compares where it is not told. */
export function defaultSearchMetric(task: Task): 'roc_auc' | 'rmse' {
  return task === 'classification' ? 'roc_auc' : 'rmse';
}

function knownSpace(algorithm: string): SearchSpace {
  const space = defaultSearchSpace(algorithmNamed(algorithm).name);
  if (space !== undefined) return space;
  throw new SearchSpaceError('', `is missing, and there is none for ${algorithm}. Give one.`);
}

function rowsToSearch(task: LearningTask, { testSize }: SearchRequest): Int32Array {
  if (testSize !== undefined) return holdOutRows(task, testSize).train;
  return Int32Array.from({ length: task.table.rowCount }, (_, row) => row);
}

function checkMetric(metric: string, task: Task): void {
  if (isMetricName(metric) && metricTask(metric) === task) return;
  const known = METRIC_NAMES.filter((name) => metricTask(name) === task);
  throw new TrainingOptionError('metric', {
    value: metric,
    accepts: `one of those for ${task}: ${known.join(', ')}`,
  });
}

function checkSampler(sampler: Sampler): void {
  if (sampler.kind === 'grid') checkCount('sampler.points', sampler.points);
  if (sampler.kind === 'tpe') {
    checkCount('sampler.startupTrials', sampler.startupTrials);
    checkCount('sampler.candidates', sampler.candidates);
  }
}

function checkCount(option: string, value: number | undefined): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) return;
  throw new TrainingOptionError(option, { value, accepts: 'a whole number of at least 1' });
}
