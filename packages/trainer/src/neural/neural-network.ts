import { type JsonObject, createRandom } from '@gnu-mlops/core';
import type { NeuralNetwork } from '@gnu-mlops/model';
import { splitTrainTest } from '@gnu-mlops/preprocess';
import type { Algorithm, Fit } from '../algorithm.ts';
import { applyClassWeight } from '../class-weights.ts';
import { TrainingMemoryError } from '../errors.ts';
import type { FitContext } from '../fit-context.ts';
import { checkLinearFeatures, linearImportances } from '../linear/linear-features.ts';
import { createPace } from '../pace.ts';
import { setAsideInOrder } from '../set-aside-in-order.ts';
import { takeTrainingRows } from '../take-training-rows.ts';
import type { ClassTarget, TrainingSet, WeightedRows } from '../training-set.ts';
import { meanSlopes } from './network-importances.ts';
import { passLength } from './network-pass.ts';
import {
  type NetworkOutput,
  type TargetScale,
  layOutNetworkRows,
  networkOutput,
  targetScale,
} from './network-rows.ts';
import { type NetworkHyperparameters, networkHyperparameters } from './network-settings.ts';
import { type NetworkShape, networkShape } from './network-shape.ts';
import { type TrainedNetwork, trainNetwork } from './train-network.ts';

/** Of a seed: which rows are held out to stop by. */
const HOLD_OUT_STREAM = 23;

/** Rows of a step where `batch_size` is `auto`. */
const USUAL_BATCH_ROWS = 200;

/** What the parameters and the rows of a batch may take. */
const MOST_BYTES = 4 * 2 ** 30;

/**
 * A multilayer perceptron: log odds for two classes, softmax for more, a number for regression.
 *
 * @see scikit-learn MLPClassifier, MLPRegressor (solver adam): the same loss, first parameters,
 *   steps and stop. The target of a regression is standardised while it is learnt, as
 *   TransformedTargetRegressor does: its unit changes nothing.
 */
export const neuralNetwork: Algorithm = {
  name: 'neural_network',
  description: 'A small multilayer perceptron, learnt by Adam.',
  tasks: ['classification', 'regression'],
  family: 'linear',
  hyperparameters: networkHyperparameters,
  stopsEarly: ({ early_stopping }) => early_stopping === true,
  fit: fitNeuralNetwork,
};

async function fitNeuralNetwork(
  set: TrainingSet,
  hyperparameters: JsonObject,
  context: FitContext,
): Promise<Fit> {
  const settings = hyperparameters as unknown as NetworkHyperparameters;
  const pace = createPace(context.signal);
  await checkLinearFeatures(set, neuralNetwork.name, pace);
  const { training, validation } = partRows(set, settings);
  const output = networkOutput(set.target);
  const { hidden_layer_sizes: hidden } = settings;
  const hiddenSizes = typeof hidden === 'number' ? [hidden] : hidden;
  const shape = networkShape(
    [set.matrix.columns.length, ...hiddenSizes, output.outputCount],
    settings.activation,
  );
  const batchRows = Math.min(
    settings.batch_size === 'auto' ? USUAL_BATCH_ROWS : settings.batch_size,
    training.matrix.rowCount,
  );
  checkMemory(set, shape, batchRows);
  const scale = targetScale(training);
  const rows = layOutNetworkRows(training, weightsOf(training, settings), scale);
  const trained = await trainNetwork(
    {
      ...{ shape, output, rows, seed: set.seed },
      validation: validation && layOutNetworkRows(validation, validation.weights, scale),
      adam: {
        learningRate: settings.learning_rate_init,
        beta1: settings.beta_1,
        beta2: settings.beta_2,
        epsilon: settings.epsilon,
      },
      alpha: settings.alpha,
      batchRows,
      order: settings.shuffle ? 'shuffled' : 'as_given',
      maxEpochs: settings.max_iter,
      tolerance: settings.tol,
      patience: settings.n_iter_no_change,
    },
    context,
  );
  const slopes = await meanSlopes({ shape, parameters: trained.parameters }, rows, pace);
  return {
    estimator: networkOf(shape, output, { trained, scale }),
    importances: await linearImportances(slopes, set, pace),
    ...(trained.bestEpoch !== undefined && { bestIteration: trained.bestEpoch }),
    ...(!trained.hasConverged && { findings: [notConverged(settings)] }),
  };
}

/** @throws {TrainingMemoryError} before anything is taken. */
function checkMemory({ matrix }: TrainingSet, shape: NetworkShape, batchRows: number): void {
  const bytes = Float64Array.BYTES_PER_ELEMENT * passLength(shape, batchRows);
  if (bytes <= MOST_BYTES) return;
  const instead = 'choose fewer hidden units or a smaller batch_size';
  const { rowCount, columns } = matrix;
  throw new TrainingMemoryError(
    { bytes, rowCount, featureCount: columns.length, instead },
    undefined,
  );
}

/** The rows to learn from, and where there is early stopping those to stop by. */
function partRows(
  set: TrainingSet,
  { early_stopping, validation_fraction }: NetworkHyperparameters,
): { readonly training: WeightedRows; readonly validation?: WeightedRows | undefined } {
  if (!early_stopping || set.validation !== undefined) {
    return { training: set, validation: set.validation };
  }
  const { target, matrix } = set;
  const seed = createRandom(set.seed, HOLD_OUT_STREAM).nextUint32();
  const share = validation_fraction;
  const { train, test } =
    setAsideInOrder(set, { algorithm: neuralNetwork.name, share, seed }) ??
    splitTrainTest({
      rowCount: matrix.rowCount,
      testSize: share,
      seed,
      ...(target.task === 'classification' && { labels: target.labels }),
    });
  return { training: takeTrainingRows(set, train), validation: takeTrainingRows(set, test) };
}

function weightsOf(rows: WeightedRows, { class_weight }: NetworkHyperparameters): Float64Array {
  if (rows.target.task === 'regression') return rows.weights;
  return applyClassWeight(rows as WeightedRows<ClassTarget>, class_weight, neuralNetwork.name);
}

/** The estimator, whose last layer gives numbers in the target's own unit again. */
function networkOf(
  { layerSizes, weightCount, layers, activation }: NetworkShape,
  { link, outputCount }: NetworkOutput,
  { trained, scale }: { readonly trained: TrainedNetwork; readonly scale: TargetScale },
): NeuralNetwork {
  const { parameters } = trained;
  const last = layers.at(-1)!;
  for (let at = last.weightStart; at < weightCount; at++) parameters[at]! *= scale.scale;
  for (let at = last.biasStart; at < parameters.length; at++) {
    parameters[at] = parameters[at]! * scale.scale + scale.mean;
  }
  return {
    kind: 'neural_network',
    outputCount,
    layerSizes: Int32Array.from(layerSizes),
    weights: parameters.slice(0, weightCount),
    biases: parameters.slice(weightCount),
    activation,
    link,
  };
}

function notConverged({ max_iter, tol }: NetworkHyperparameters) {
  return {
    severity: 'warning',
    check: 'fit_not_converged',
    message:
      `"${neuralNetwork.name}" was still gaining more than tol = ${tol} when its ${max_iter} epochs ` +
      'were over. Raise max_iter or learning_rate_init, or set early_stopping where it has learnt enough.',
  } as const;
}
