import type { OrderTerm } from '../search/parse-order-by.ts';
import { type RunIndex, indexesOf, numbersIn } from './run-index.ts';
import type { Store } from './store.ts';

/** The indexes of a criterion that hold runs of some experiments; the first of them where none does. */
export function filledIndexes(
  store: Store,
  experiments: readonly number[],
  term: Pick<OrderTerm, 'entity' | 'key'>,
): readonly RunIndex[] {
  const indexes = indexesOf(term);
  if (indexes.length === 1) return indexes;
  const filled = indexes.filter((index) => {
    const { sql, parameters } = numbersIn(index, experiments, {
      sql: '1',
      parameters: [],
    });
    return store.db.numbers(`${sql} LIMIT 1`, parameters).length > 0;
  });
  return filled.length > 0 ? filled : indexes.slice(0, 1);
}
