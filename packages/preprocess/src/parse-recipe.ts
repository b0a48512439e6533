import { type ColumnSpec, ColumnDuplicateError, SIGNATURE_TYPES } from '@gnu-mlops/core';
import { compileSteps, featuresOf } from './compile-steps.ts';
import { holdsText } from './cells.ts';
import { RecipeInvalidError } from './errors.ts';
import type { Feature } from './feature-matrix.ts';
import { parseFittedStep } from './fitted-step.ts';
import { freezeDeep } from './freeze-deep.ts';
import {
  type JsonNode,
  checkDistinct,
  checkFields,
  field,
  itemsOf,
  optionalField,
  problemAt,
  readChoice,
  readFlag,
  readText,
  readWholeNumber,
} from './json-node.ts';
import type { Recipe } from './recipe.ts';
import type { DroppedColumn } from './step-definition.ts';

/**
 * Read a fitted recipe out of the value that `JSON.parse` gave. The value is not trusted: every
 * field, reference and length is checked, and the steps are shown to make exactly the features that
 * the recipe names. A recipe that this returns can transform any table that has its inputs.
 *
 * @throws {RecipeInvalidError} saying where and what.
 */
export function parseRecipe(json: unknown): Recipe {
  const root: JsonNode = {
    value: json,
    path: '',
    invalid: (path, problem) => new RecipeInvalidError(path, problem),
  };
  checkFields(root, ['version', 'inputs', 'steps', 'features', 'dropped']);
  const version = field(root, 'version');
  if (version.value !== 1) {
    throw problemAt(version, 'only version 1 is known; a later release may have written it.');
  }
  const recipe: Recipe = {
    version: 1,
    inputs: readInputs(field(root, 'inputs')),
    steps: itemsOf(field(root, 'steps')).map(parseFittedStep),
    features: itemsOf(field(root, 'features')).map(readFeature),
    dropped: itemsOf(field(root, 'dropped')).map(readDropped),
  };
  checkFeatures(recipe);
  return freezeDeep(recipe);
}

function readInputs(node: JsonNode): ColumnSpec[] {
  const inputs = itemsOf(node).map((item) => {
    checkFields(item, ['name', 'type', 'required']);
    return {
      name: readText(field(item, 'name')),
      type: readChoice(field(item, 'type'), SIGNATURE_TYPES),
      required: readFlag(field(item, 'required')),
    };
  });
  checkDistinct(
    node,
    inputs.map(({ name }) => name),
  );
  return inputs;
}

function readFeature(node: JsonNode): Feature {
  checkFields(node, ['name', 'kind', 'categories']);
  const kind = readChoice(field(node, 'kind'), ['numeric', 'categorical']);
  const categories = optionalField(node, 'categories');
  return {
    name: readText(field(node, 'name')),
    kind,
    ...(categories && { categories: readWholeNumber(categories, 0) }),
  };
}

function readDropped(node: JsonNode): DroppedColumn {
  checkFields(node, ['column', 'reason']);
  return { column: readText(field(node, 'column')), reason: readText(field(node, 'reason')) };
}

function checkFeatures(recipe: Recipe): void {
  const { layout } = compile(recipe);
  const text = layout.find(({ kind }) => holdsText(kind));
  if (text !== undefined) {
    throw new RecipeInvalidError('steps', `they leave column "${text.name}" as text.`);
  }
  const made = featuresOf(layout);
  const isSame =
    made.length > 0 &&
    made.length === recipe.features.length &&
    made.every(
      ({ name, kind, categories }, i) =>
        name === recipe.features[i]!.name &&
        kind === recipe.features[i]!.kind &&
        categories === recipe.features[i]!.categories,
    );
  if (!isSame) throw new RecipeInvalidError('features', 'they are not what the steps make.');
}

function compile(recipe: Recipe): ReturnType<typeof compileSteps> {
  try {
    return compileSteps(recipe.inputs, recipe.steps);
  } catch (error) {
    if (!(error instanceof ColumnDuplicateError)) throw error;
    const problem = `two columns come to be named "${error.column}".`;
    throw new RecipeInvalidError('steps', problem, { cause: error });
  }
}
