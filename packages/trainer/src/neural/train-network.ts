import { createRandom, shuffle } from '@gnu-mlops/core';
import { TrainingDivergedError } from '../errors.ts';
import type { FitContext } from '../fit-context.ts';
import { compileKernels } from '../kernels/compile-kernels.ts';
import { type Pace, createPace } from '../pace.ts';
import { type AdamSettings, createAdam } from './adam.ts';
import { drawParameters } from './draw-parameters.ts';
import { createNetworkLoss } from './network-loss.ts';
import { type PassOptions, createNetworkPass } from './network-pass.ts';
import type { NetworkOutput, NetworkRows } from './network-rows.ts';
import type { NetworkShape } from './network-shape.ts';
import { createNetworkScore } from './score-network-rows.ts';

/** What a network is trained on, and how. */
export interface NetworkTask {
  readonly shape: NetworkShape;
  readonly output: NetworkOutput;
  readonly rows: NetworkRows;
  /** Rows to stop by; absent: by the loss of the rows themselves. */
  readonly validation?: NetworkRows | undefined;
  readonly adam: AdamSettings;
  /** L2 penalty. */
  readonly alpha: number;
  /** Rows of a step, at most all of them. */
  readonly batchRows: number;
  readonly order: 'shuffled' | 'as_given';
  readonly maxEpochs: number;
  readonly tolerance: number;
  /** Epochs without a gain that are borne. */
  readonly patience: number;
  readonly seed: number;
}

/** A network that was trained. */
export interface TrainedNetwork {
  readonly parameters: Float64Array;
  readonly epochs: number;
  /** False: the epochs ran out before the gains did. */
  readonly hasConverged: boolean;
  /** The epoch whose parameters these are, counted from 1; only with validation rows. */
  readonly bestEpoch?: number;
}

/** Random streams of a seed: for the first parameters, and for the order of an epoch. */
const PARAMETER_STREAM = 21;
const ORDER_STREAM = 22;

/** Kernels multiply so many times as fast as what passes over zeros. */
const SPARSE = 8;

/**
 * Minimise the weighted mean loss plus alpha / 2 times the squared weights, the latter as a share of
 * what the rows of a batch weigh, by Adam over batches.
 *
 * @throws {TrainingDivergedError} when the loss is no longer finite.
 * @throws {TrainingCancelledError} when the signal aborts.
 * @see scikit-learn MLPClassifier, MLPRegressor: the same loss, steps and rule to stop by.
 */
export async function trainNetwork(
  task: NetworkTask,
  { signal, onProgress }: FitContext,
): Promise<TrainedNetwork> {
  const { shape, rows, batchRows, maxEpochs, seed } = task;
  const parameters = drawParameters(shape, createRandom(seed, PARAMETER_STREAM));
  const how = { isSparse: isSparse(rows.features), module: await compileKernels() };
  const learnBatch = createLearner(task, parameters, how);
  const pace = createPace(signal);
  const stop = createStopRule(task, { ...how, pace });
  const order = Int32Array.from({ length: rows.rowCount }, (_, row) => row);
  // One batch of all rows has no order.
  const isShuffled = task.order === 'shuffled' && batchRows < rows.rowCount;
  const workPerBatch = 3 * batchRows * shape.parameterCount;
  for (let epoch = 1; epoch <= maxEpochs; epoch++) {
    if (isShuffled) shuffle(order, createRandom(seed, ORDER_STREAM, epoch));
    let loss = 0;
    for (let from = 0; from < rows.rowCount; from += batchRows) {
      const to = Math.min(from + batchRows, rows.rowCount);
      loss += learnBatch(order, from, to);
      if (pace.isDue(workPerBatch)) await pace.rest();
    }
    if (!Number.isFinite(loss)) throw new TrainingDivergedError('neural_network', epoch);
    const hasConverged = await stop.hasEnded(parameters, loss / stop.totalWeight, epoch);
    const done = hasConverged ? maxEpochs : epoch;
    onProgress?.({ stage: 'train', done, total: maxEpochs, detail: `epoch ${epoch}` });
    if (hasConverged) return { ...stop.best(parameters), epochs: epoch, hasConverged };
  }
  return { ...stop.best(parameters), epochs: maxEpochs, hasConverged: false };
}

/** Whether so few features are other than 0 that passing over the rest is faster than kernels. */
function isSparse(features: Float64Array): boolean {
  let count = 0;
  for (let at = 0; at < features.length; at++) if (features[at] !== 0) count++;
  return count * SPARSE < features.length;
}

/** Make what takes one step by the rows of a batch: gives its loss times its weight. */
function createLearner(
  { shape, output, rows, alpha, batchRows, adam }: NetworkTask,
  parameters: Float64Array,
  how: Omit<PassOptions, 'mostRows'>,
): (order: Int32Array, from: number, to: number) => number {
  const { outputCount, link } = output;
  const { features, targets, weights } = rows;
  const { weightCount, parameterCount } = shape;
  const pass = createNetworkPass(shape, { ...how, mostRows: batchRows });
  const lossOf = createNetworkLoss({ link, values: targets }, outputCount);
  const step = createAdam(parameterCount, adam);
  const gradient = new Float64Array(parameterCount);
  const slopes = pass.outputSlopes;

  return (order, from, to) => {
    const scores = pass.forward(parameters, { features, order, from, to });
    let loss = 0;
    let batchWeight = 0;
    for (let at = from; at < to; at++) {
      const row = order[at]!;
      const weight = weights[row]!;
      const start = (at - from) * outputCount;
      loss += weight * lossOf(row, weight, { scores, start, count: outputCount, slopes });
      batchWeight += weight;
    }
    let squares = 0;
    gradient.fill(0, weightCount);
    for (let at = 0; at < weightCount; at++) {
      squares += parameters[at]! * parameters[at]!;
      gradient[at] = alpha * parameters[at]!;
    }
    pass.backward(gradient);
    for (let at = 0; at < parameterCount; at++) gradient[at]! /= batchWeight;
    step(parameters, gradient);
    return loss + (alpha / 2) * squares;
  };
}

/** Make the rule by which a training ends: too many epochs in a row without a gain. */
function createStopRule(
  task: NetworkTask,
  how: Omit<PassOptions, 'mostRows'> & { readonly pace: Pace },
) {
  const { rows, validation, tolerance, patience } = task;
  const totalWeight = rows.weights.reduce((sum, weight) => sum + weight, 0);
  const score = validation && createNetworkScore(task, validation, how);
  let best = -Infinity;
  let idle = 0;
  let kept: { parameters: Float64Array; bestEpoch: number } | undefined;
  return {
    totalWeight,
    async hasEnded(parameters: Float64Array, loss: number, epoch: number): Promise<boolean> {
      const figure = score === undefined ? -loss : await score(parameters);
      idle = figure < best + tolerance ? idle + 1 : 0;
      if (figure > best) {
        best = figure;
        if (score !== undefined) kept = { parameters: parameters.slice(), bestEpoch: epoch };
      }
      return idle > patience;
    },
    best: (parameters: Float64Array) => kept ?? { parameters },
  };
}
