import type { ColumnSpec } from '@gnu-mlops/core';
import { RecipeInvalidError, type Recipe, parseRecipe } from '@gnu-mlops/preprocess';
import { checkModel } from '../check-model.ts';
import { ModelFileCorruptError, ModelInvalidError } from '../errors.ts';
import type { LinearEstimator, TreeEnsemble } from '../estimator.ts';
import { checkRecipeSize } from '../file/check-recipe-size.ts';
import type { Model } from '../model.ts';
import { decodeMessage } from './decode-message.ts';
import type { ImportedRecipe } from './import-frame.ts';
import { OnnxCorruptError } from './onnx-errors.ts';
import { modelProto } from './onnx-messages.ts';
import { readGraph } from './read-graph.ts';

/** What an ONNX file does not say. */
export interface ParseOnnxOptions {
  /** The raw columns in order, where the graph takes them together as one tensor. */
  readonly columns?: readonly string[];
  /** The column that the model predicts; default: the name of the graph's first output. */
  readonly target?: string;
}

/**
 * Read a scikit-learn pipeline that skl2onnx wrote, or a model like it: Imputer, Scaler, OneHotEncoder
 * and LabelEncoder over columns, then TreeEnsembleClassifier or -Regressor, LinearClassifier or
 * -Regressor, or a TreeEnsemble (ai.onnx.ml 5) and what makes labels and probabilities of its sums:
 * so also what `formatOnnx` writes of trees over columns of numbers that it takes as they are. The
 * bytes are not trusted.
 *
 * Where the graph compares in float32, thresholds are moved to the last float64 that rounds to the
 * same side: raw values decide here as they do there. Scaled values are computed in float64 here,
 * and may fall on the other side of a threshold that they all but touch.
 *
 * @param options names that the file lacks; its inputs' own names where they are left out.
 * @throws {OnnxCorruptError} when the bytes are no ONNX model, or one that contradicts itself.
 * @throws {OnnxOperatorError} when it holds what has no counterpart here, naming the operator.
 * @throws {OnnxOptionError} when the names do not fit the graph.
 */
export function parseOnnx(bytes: Uint8Array, options: ParseOnnxOptions = {}): Model {
  const { graph, producerName } = decodeMessage(bytes, modelProto, '');
  if (graph === undefined) throw new OnnxCorruptError('the file', 'has no graph');
  const { imported, recipe, inputs } = readGraph(graph, options.columns);
  const { classes } = imported;
  const model: Model = {
    task: classes === undefined ? 'regression' : 'classification',
    target: {
      name: options.target ?? graph.output?.[0]?.name ?? 'prediction',
      ...(classes !== undefined && { classes }),
    },
    signature: {
      inputs: inputs.filter(({ name }) => recipe.inputs.some((used) => used.name === name)),
      outputs: outputsOf(classes),
    },
    recipe: buildRecipe(recipe),
    estimator: remapFeatures(imported.estimator, recipe),
    provenance: {
      algorithm: 'onnx',
      hyperparameters: {},
      seed: 0,
      dataDigest: 'unknown',
      trainingRows: 0,
      versions: producerName === undefined ? {} : { [producerName]: 'unknown' },
      metrics: {},
    },
  };
  try {
    checkModel(model);
  } catch (error) {
    if (!(error instanceof ModelInvalidError)) throw error;
    throw new OnnxCorruptError(`the model's ${error.where}`, error.problem, { cause: error });
  }
  return model;
}

function outputsOf(classes: readonly string[] | undefined): ColumnSpec[] {
  if (classes === undefined) return [{ name: 'prediction', type: 'double', required: true }];
  return [
    { name: 'prediction', type: 'string', required: true },
    { name: 'probability', type: 'double', required: true },
  ];
}

function buildRecipe({ inputs, steps, featureNames }: ImportedRecipe): Recipe {
  const features = featureNames.map((name) => ({ name, kind: 'numeric' }));
  const value = { version: 1, inputs, steps, features, dropped: [] };
  try {
    checkRecipeSize({ where: 'the recipe', value });
    return parseRecipe(value);
  } catch (error) {
    if (error instanceof ModelFileCorruptError) {
      throw new OnnxCorruptError(error.where, error.problem, { cause: error });
    }
    if (!(error instanceof RecipeInvalidError)) throw error;
    throw new OnnxCorruptError('the graph', `makes no recipe (${error.message})`, { cause: error });
  }
}

/** A recipe's features have an order of their own: that of the raw columns. */
function remapFeatures(
  estimator: TreeEnsemble | LinearEstimator,
  recipe: ImportedRecipe,
): TreeEnsemble | LinearEstimator {
  return estimator.kind === 'tree_ensemble'
    ? remapTrees(estimator, recipe)
    : remapLinear(estimator, recipe);
}

function remapTrees(trees: TreeEnsemble, { featureOf }: ImportedRecipe): TreeEnsemble {
  const splitFeature = trees.splitFeature.map((feature) => {
    if (feature < 0) return -1;
    const index = featureOf[feature];
    if (index !== undefined) return index;
    throw new OnnxCorruptError('the trees', `split on feature ${feature} of ${featureOf.length}`);
  });
  return { ...trees, splitFeature };
}

function remapLinear(
  linear: LinearEstimator,
  { featureOf, featureNames }: ImportedRecipe,
): LinearEstimator {
  const { outputCount } = linear;
  if (linear.coefficients.length !== outputCount * featureOf.length) {
    throw new OnnxCorruptError(
      'the linear estimator',
      `has ${linear.coefficients.length / outputCount} coefficients for ${featureOf.length} columns`,
    );
  }
  const coefficients = new Float64Array(outputCount * featureNames.length);
  for (let k = 0; k < outputCount; k++) {
    featureOf.forEach((index, column) => {
      coefficients[k * featureNames.length + index]! +=
        linear.coefficients[k * featureOf.length + column]!;
    });
  }
  return { ...linear, coefficients };
}
