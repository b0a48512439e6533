import type { LayoutColumn } from './step-definition.ts';
import { holdsText } from './cells.ts';
import type { Category } from './count-categories.ts';
import { RecipeInvalidError } from './errors.ts';
import {
  type JsonNode,
  checkDistinct,
  itemsOf,
  problemAt,
  readNumber,
  readText,
} from './json-node.ts';

/** A list of different categories, all of them texts or all of them finite numbers. */
export function readCategories(node: JsonNode): Category[] {
  const items = itemsOf(node);
  const isText = typeof items[0]?.value === 'string';
  const categories = items.map((item): Category => (isText ? readText(item) : readNumber(item)));
  checkDistinct(node, categories);
  return categories;
}

/** Refuse two lists that share a category. */
export function checkDisjoint(node: JsonNode, lists: readonly (readonly Category[])[]): void {
  const all = lists.flat();
  if (new Set(all).size < all.length) throw problemAt(node, 'a category stands in two lists.');
}

/** Refuse categories that a column of this kind can never hold. @throws {RecipeInvalidError} */
export function checkCategoryType(
  step: string,
  column: LayoutColumn,
  categories: readonly Category[],
): void {
  const wanted = holdsText(column.kind) ? 'string' : 'number';
  if (categories.some((category) => typeof category !== wanted)) {
    throw new RecipeInvalidError(
      `the step ${step}`,
      `column "${column.name}" is ${column.kind}, and its categories are no ${wanted}s.`,
    );
  }
}
