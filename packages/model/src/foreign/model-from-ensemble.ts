import { type ColumnSpec } from '@gnu-mlops/core';
import { parseRecipe } from '@gnu-mlops/preprocess';
import { checkModel } from '../check-model.ts';
import { ForeignModelOptionError } from '../errors.ts';
import type { Model } from '../model.ts';
import type { ForeignEnsemble } from './foreign-ensemble.ts';

/** What the file of another library does not say about its model. */
export interface ForeignModelOptions {
  /** One a feature, in the order of training; default: the names in the file. */
  readonly featureNames?: readonly string[];
  /** The classes' labels in the order of their codes; default: `0`, `1`, ... */
  readonly classes?: readonly string[];
  /** Default: `target`. */
  readonly target?: string;
}

/**
 * Make a model of trees that have no recipe: it reads one column of numbers a feature, as they are.
 * A categorical feature is a column of the codes that the library was trained with.
 *
 * @throws {ForeignModelOptionError} when names or classes do not fit the trees.
 */
export function modelFromEnsemble(
  library: 'lightgbm' | 'xgboost',
  ensemble: ForeignEnsemble,
  options: ForeignModelOptions,
): Model {
  const { estimator, task, classCount, objective } = ensemble;
  const names = options.featureNames ?? ensemble.featureNames;
  if (names.length !== ensemble.featureNames.length || new Set(names).size < names.length) {
    throw new ForeignModelOptionError(
      'featureNames',
      `are ${names.length}, and the model takes ${ensemble.featureNames.length} different ones`,
    );
  }
  const inputs = names.map((name): ColumnSpec => ({ name, type: 'double', required: true }));
  const features = names.map((name) => ({ name, kind: 'numeric' }));
  const model: Model = {
    task,
    target: {
      name: options.target ?? 'target',
      ...(task === 'classification' && { classes: classesOf(classCount, options.classes) }),
    },
    signature: {
      inputs,
      outputs: [
        {
          name: 'prediction',
          type: task === 'classification' ? 'string' : 'double',
          required: true,
        },
      ],
    },
    recipe: parseRecipe({ version: 1, inputs, steps: [], features, dropped: [] }),
    estimator,
    provenance: {
      algorithm: library,
      hyperparameters: { objective },
      seed: 0,
      dataDigest: 'unknown',
      trainingRows: 0,
      versions: {},
      metrics: {},
    },
  };
  checkModel(model);
  return model;
}

function classesOf(count: number, given: readonly string[] | undefined): readonly string[] {
  if (given === undefined) return Array.from({ length: count }, (_, code) => String(code));
  if (given.length === count && new Set(given).size === count) return given;
  throw new ForeignModelOptionError(
    'classes',
    `are ${given.length}, and the model tells ${count} different ones apart`,
  );
}
