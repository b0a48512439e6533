import { createRandom } from '@gnu-mlops/core';
import type { GrownTree } from '@gnu-mlops/model';
import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import { checkCancelled } from '../check-cancelled.ts';
import { TrainingDivergedError } from '../errors.ts';
import type { FitContext } from '../fit-context.ts';
import { largestMagnitude } from '../linear/objective.ts';
import { nextTurn } from '../next-turn.ts';
import { binTrainingRows } from './bin-training-rows.ts';
import { boostRound } from './boost-round.ts';
import type { BoostingSettings } from './boosting-settings.ts';
import { type CategoryChoice, chooseCategories } from './choose-categories.ts';
import type { Desk } from './desk.ts';
import { drawShare } from './draw-share.ts';
import { createGradientWriter } from './gradient-writer.ts';
import { layOutRows, needsDither } from './lay-out-rows.ts';
import { openBoosting } from './open-boosting.ts';
import { type Validation, createValidator } from './validation.ts';

/** What to boost on. */
export interface BoostingTask {
  /** The dialect's name, for messages. */
  readonly algorithm: string;
  readonly matrix: FeatureMatrix;
  /** One a row: the number to learn, or the code of the class. */
  readonly targets: Float64Array | Int32Array;
  readonly weights: Float64Array;
  /** Rows to stop early by. */
  readonly validation: Validation | undefined;
  readonly settings: BoostingSettings;
  readonly seed: number;
}

/** What became of it. */
export interface Boosted {
  /** Round by round, output by output; at least one. */
  readonly trees: readonly GrownTree[];
  /** Length outputs. */
  readonly baseScore: Float64Array;
  /** Gain of all splits on each feature of the matrix. */
  readonly gains: Float64Array;
  /** With validation rows: the best round, counted from 1, which is the last that is kept. */
  readonly bestRound: number | undefined;
}

/** Milliseconds after which timers and signals get their turn. */
const TURN_MS = 20;

/**
 * Boost trees over binned features. The same task gives the same trees to the bit, with either set of
 * kernels, on any number of threads: sums are taken in fixed point, where their order is of no
 * account.
 *
 * @throws {TrainingInputError} when a feature of categories holds other numbers than codes.
 * @throws {TrainingDivergedError} when gradients or leaves outgrow what can be summed up.
 * @throws {TrainingCancelledError} when the signal aborts.
 */
export async function boost(task: BoostingTask, context: FitContext): Promise<Boosted> {
  const { matrix, weights, settings } = task;
  const categories = chooseCategories(matrix, weights, settings);
  const desk = await openBoosting(task, context, categories);
  try {
    return await boostAtDesk(desk, { ...task, categories }, context);
  } finally {
    await desk.crew.close();
  }
}

async function boostAtDesk(
  desk: Desk,
  task: BoostingTask & { readonly categories: CategoryChoice },
  context: FitContext,
): Promise<Boosted> {
  const { settings, matrix, validation } = task;
  const { objective } = desk.bench;
  const binned = binTrainingRows(desk, task);
  const baseScore =
    settings.baseScore === undefined
      ? objective.startScores(task)
      : new Float64Array(objective.outputCount).fill(settings.baseScore);
  layOutRows(desk, task, baseScore);

  const writeGradients = createGradientWriter(desk, {
    isDithered: needsDither(task),
    algorithm: task.algorithm,
  });
  const validate =
    validation &&
    createValidator(validation, { objective, baseScore, metric: settings.stoppingMetric });
  const patience = createPatience(settings.patience || Infinity);
  const gains = new Float64Array(matrix.columns.length);
  const rounds: (readonly GrownTree[])[] = [];
  let bag: Int32Array | undefined;
  let lastTurn = performance.now();
  for (let round = 0; round < settings.rounds && binned.length > 0; round++) {
    if (performance.now() - lastTurn > TURN_MS) {
      await nextTurn();
      lastTurn = performance.now();
    }
    checkCancelled(context.signal);
    if (settings.rowShare < 1 && round % settings.rowShareRounds === 0) {
      bag = drawShare(matrix.rowCount, settings.rowShare, createRandom(task.seed, 1, round));
    }
    const written = writeGradients(round);
    const { trees, shapes } = boostRound(desk, task, { round, binned, written, bag });
    const isSplit = shapes.some(({ leaves }) => leaves.length > 1);
    if (!isSplit && bag === undefined && settings.featureShare === 1) break;
    rounds.push(trees);
    for (const shape of shapes) {
      shape.gains.forEach((gain, f) => (gains[binned[f]!.source]! += gain));
    }
    if (validate !== undefined && patience.isOver(validate(trees))) break;
    context.onProgress?.({ stage: 'train', done: round + 1, total: settings.rounds });
  }
  if (rounds.length < settings.rounds) {
    context.onProgress?.({ stage: 'train', done: settings.rounds, total: settings.rounds });
  }
  const kept = validate === undefined ? rounds : rounds.slice(0, patience.bestRounds());
  checkSums(kept, baseScore, task.algorithm);
  const trees = kept.length > 0 ? kept.flat() : [leafOfNothing(task, objective.outputCount)];
  return { trees, baseScore, gains, bestRound: validation && kept.length };
}

interface Patience {
  /** Take note of a round's loss. @returns whether there were enough rounds without a gain. */
  readonly isOver: (loss: number) => boolean;
  readonly bestRounds: () => number;
}

function createPatience(patience: number): Patience {
  let rounds = 0;
  let bestRounds = 0;
  let bestLoss = Infinity;
  return {
    isOver(loss) {
      rounds++;
      if (loss < bestLoss) {
        bestLoss = loss;
        bestRounds = rounds;
      }
      return rounds - bestRounds >= patience;
    },
    bestRounds: () => bestRounds,
  };
}

/**
 * Check that no row can score beyond all numbers.
 *
 * @throws {TrainingDivergedError} naming the first round after which one could.
 */
function checkSums(
  rounds: readonly (readonly GrownTree[])[],
  baseScore: Float64Array,
  algorithm: string,
): void {
  let most = largestMagnitude(baseScore);
  rounds.forEach((trees, round) => {
    // Every leaf of a round's trees is of one output: the largest of all outdoes each of them.
    most += trees.reduce(
      (largest, { leafValues }) => Math.max(largest, largestMagnitude(leafValues)),
      0,
    );
    if (!Number.isFinite(most)) throw new TrainingDivergedError(algorithm, round + 1);
  });
}

/** A tree that adds nothing: a model has at least one. */
function leafOfNothing({ weights }: BoostingTask, outputCount: number): GrownTree {
  return {
    splitFeature: Int32Array.of(-1),
    threshold: new Float64Array(1),
    leftChild: new Int32Array(1),
    rightChild: new Int32Array(1),
    missingLeft: new Uint8Array(1),
    leafIndex: new Int32Array(1),
    leafValues: new Float64Array(outputCount),
    cover: Float64Array.of(weights.reduce((sum, weight) => sum + weight, 0)),
  };
}
