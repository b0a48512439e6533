import {
  type ColumnSpec,
  type JsonObject,
  type JsonValue,
  SIGNATURE_TYPES,
  canonicalJson,
} from '@gnu-mlops/core';
import { RecipeInvalidError, parseRecipe } from '@gnu-mlops/preprocess';
import { ModelFileCorruptError, ModelInvalidError } from '../errors.ts';
import type { Model, Provenance, Target } from '../model.ts';
import { checkJson } from './check-json.ts';
import { checkRecipeSize } from './check-recipe-size.ts';
import { formatDecisions, readCalibration, readThreshold } from './decision-metadata.ts';
import {
  type Place,
  booleanOf,
  entriesOf,
  fieldOf,
  listOf,
  numberOf,
  optionalFieldOf,
  textOf,
  wholeNumberOf,
  wordOf,
} from './place.ts';
import { parseStrictJson } from './strict-json.ts';

/** Everything of a model but its estimator. */
export type ModelDescription = Omit<Model, 'estimator'>;

/**
 * Write the parts of a model that are no arrays as texts for a tensor file's metadata: one JSON
 * text a part. What cannot be read back is not written.
 *
 * @throws {ModelInvalidError} when a part holds what JSON cannot, such as NaN, or is no valid part.
 */
export function formatModelMetadata(description: ModelDescription): { [name: string]: string } {
  const { task, target, signature, recipe, provenance } = description;
  const parts = { target, signature, recipe, provenance };
  const texts = Object.entries(parts).map(([name, part]): [string, string] => {
    checkJson(part, name);
    return [name, canonicalJson(part as unknown as JsonValue)];
  });
  const metadata = { task, ...Object.fromEntries(texts), ...formatDecisions(description) };
  checkReadable(metadata);
  return metadata;
}

function checkReadable(metadata: { [name: string]: string }): void {
  try {
    parseModelMetadata({ where: 'description', value: metadata });
  } catch (error) {
    if (!(error instanceof ModelFileCorruptError)) throw error;
    throw new ModelInvalidError(error.where, error.problem, { cause: error });
  }
}

/**
 * Read back what {@link formatModelMetadata} wrote.
 *
 * @throws {ModelFileCorruptError} saying where and what.
 */
export function parseModelMetadata(metadata: Place): ModelDescription {
  const calibration = optionalPart(metadata, 'calibration');
  const threshold = optionalPart(metadata, 'threshold');
  return {
    task: wordOf(fieldOf(metadata, 'task'), ['classification', 'regression']),
    target: readTarget(parsePart(metadata, 'target')),
    signature: readSignature(parsePart(metadata, 'signature')),
    recipe: readRecipe(parsePart(metadata, 'recipe')),
    provenance: readProvenance(parsePart(metadata, 'provenance')),
    ...(calibration && { calibration: readCalibration(calibration) }),
    ...(threshold && { threshold: readThreshold(threshold) }),
  };
}

function optionalPart(metadata: Place, name: string): Place | undefined {
  return optionalFieldOf(metadata, name) && parsePart(metadata, name);
}

/** The JSON value in one of the metadata's texts. @throws {ModelFileCorruptError} */
export function parsePart(metadata: Place, name: string): Place {
  return { where: name, value: parseStrictJson(textOf(fieldOf(metadata, name)), name) };
}

function readTarget(place: Place): Target {
  const classes = optionalFieldOf(place, 'classes');
  return {
    name: textOf(fieldOf(place, 'name')),
    ...(classes && { classes: listOf(classes).map(textOf) }),
  };
}

function readSignature(place: Place): Model['signature'] {
  return {
    inputs: listOf(fieldOf(place, 'inputs')).map(readColumn),
    outputs: listOf(fieldOf(place, 'outputs')).map(readColumn),
  };
}

function readColumn(place: Place): ColumnSpec {
  return {
    name: textOf(fieldOf(place, 'name')),
    type: wordOf(fieldOf(place, 'type'), SIGNATURE_TYPES),
    required: booleanOf(fieldOf(place, 'required')),
  };
}

function readRecipe(place: Place): Model['recipe'] {
  checkRecipeSize(place);
  const { where, value } = place;
  try {
    return parseRecipe(value);
  } catch (error) {
    if (!(error instanceof RecipeInvalidError)) throw error;
    throw new ModelFileCorruptError(where, `is invalid at ${error.path || 'its root'}`, {
      cause: error,
    });
  }
}

function readProvenance(place: Place): Provenance {
  const createdAt = optionalFieldOf(place, 'createdAt');
  const hyperparameters = fieldOf(place, 'hyperparameters');
  entriesOf(hyperparameters);
  return {
    algorithm: textOf(fieldOf(place, 'algorithm')),
    hyperparameters: hyperparameters.value as JsonObject,
    seed: numberOf(fieldOf(place, 'seed')),
    dataDigest: textOf(fieldOf(place, 'dataDigest')),
    trainingRows: wholeNumberOf(fieldOf(place, 'trainingRows')),
    ...(createdAt && { createdAt: textOf(createdAt) }),
    versions: Object.fromEntries(
      entriesOf(fieldOf(place, 'versions')).map(([name, version]) => [name, textOf(version)]),
    ),
    metrics: Object.fromEntries(
      entriesOf(fieldOf(place, 'metrics')).map(([name, value]) => [name, numberOf(value)]),
    ),
  };
}
