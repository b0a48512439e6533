import { type Category, type CategoryCounts, countCategories } from '../count-categories.ts';
import { CategoriesTooManyError } from '../errors.ts';
import type { Accumulator } from './learn-columns.ts';

/**
 * How often each category occurs. Chunks need not share a dictionary: categories are counted, not
 * their codes.
 *
 * @throws {CategoriesTooManyError} from `add`, when there are more than `most`.
 */
export function collectCategories(column: string, most: number): Accumulator<CategoryCounts> {
  let total: CategoryCounts | undefined;
  const merged = new Map<Category, number>();
  return {
    add(cells) {
      const part = countCategories(cells);
      for (const [category, count] of part.counts) {
        merged.set(category, (merged.get(category) ?? 0) + count);
      }
      if (merged.size > most) throw new CategoriesTooManyError(column, most);
      total = { counts: merged, missing: (total?.missing ?? 0) + part.missing };
    },
    finish: () => total ?? { counts: merged, missing: 0 },
  };
}
