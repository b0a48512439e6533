import { snakeCase } from '@gnu-mlops/core';
import { RecipeSpecInvalidError } from './errors.ts';
import { type JsonNode, checkFields, field, itemsOf } from './json-node.ts';
import type { RecipeSpec } from './recipe.ts';
import { parseStepSpec } from './step-spec.ts';

/** How a specification is written. */
export interface RecipeSpecForm {
  /** Of the settings of steps: as in code (`maxCategories`, the default), or `max_categories`. */
  readonly spelling?: 'camelCase' | 'snake_case';
}

/**
 * Read a recipe specification out of the value that `JSON.parse` or a configuration file gave.
 *
 * @throws {RecipeSpecInvalidError} saying where and what, in its own spelling, with the nearest known
 *   word.
 */
export function parseRecipeSpec(
  json: unknown,
  { spelling = 'camelCase' }: RecipeSpecForm = {},
): RecipeSpec {
  const root: JsonNode = {
    value: json,
    path: '',
    invalid: (path, problem) => new RecipeSpecInvalidError(path, problem),
    ...(spelling === 'snake_case' && { spell: snakeCase }),
  };
  checkFields(root, ['steps']);
  return { steps: itemsOf(field(root, 'steps')).map(parseStepSpec) };
}
