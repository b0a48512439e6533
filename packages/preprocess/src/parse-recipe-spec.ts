import { RecipeSpecInvalidError } from './errors.ts';
import { type JsonNode, checkFields, field, itemsOf } from './json-node.ts';
import type { RecipeSpec } from './recipe.ts';
import { parseStepSpec } from './step-spec.ts';

/**
 * Read a recipe specification out of the value that `JSON.parse` or a configuration file gave.
 *
 * @throws {RecipeSpecInvalidError} saying where and what, with the nearest known word.
 */
export function parseRecipeSpec(json: unknown): RecipeSpec {
  const root: JsonNode = {
    value: json,
    path: '',
    invalid: (path, problem) => new RecipeSpecInvalidError(path, problem),
  };
  checkFields(root, ['steps']);
  return { steps: itemsOf(field(root, 'steps')).map(parseStepSpec) };
}
