import type { SQLInputValue } from 'node:sqlite';
import { type RunIndex, numbersIn } from './run-index.ts';
import type { RunSearch, Window } from './run-search.ts';
import type { Store } from './store.ts';

/** From where to before where runs are equal by a criterion. */
interface EqualBlock {
  readonly start: number;
  readonly end: number;
}

/**
 * Find the runs of equal value that a window shows at least one of, whole.
 *
 * @param indexes those of the criterion.
 * @param valued the runs that are found, in the order of their values.
 */
export function equalBlocks(
  store: Store,
  { experiments }: RunSearch,
  {
    indexes,
    valued,
    window,
  }: {
    readonly indexes: readonly RunIndex[];
    readonly valued: readonly number[];
    readonly window: Window;
  },
): EqualBlock[] {
  const shown = valued.slice(window.offset, window.offset + window.limit);
  const values = readValues(store, indexes[0]!, shown);
  const starts = values.flatMap((value, i) => (i > 0 && value === values[i - 1] ? [] : [i]));
  const blocks = starts.map((start, i) => ({
    start: window.offset + start,
    end: window.offset + (starts[i + 1] ?? values.length),
  }));
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined) return [];
  const hasValue = (value: SQLInputValue) => {
    const condition = { sql: `${indexes[0]!.value} = ?`, parameters: [value] };
    const equal = indexes.flatMap((index) => {
      const { sql, parameters } = numbersIn(index, experiments, condition);
      return store.db.numbers(sql, parameters);
    });
    return new Set(equal);
  };
  const equalFirst = hasValue(values[0]!);
  while (first.start > 0 && equalFirst.has(valued[first.start - 1]!)) first.start--;
  const equalLast = first === last ? equalFirst : hasValue(values.at(-1)!);
  while (last.end < valued.length && equalLast.has(valued[last.end]!)) last.end++;
  return blocks;
}

function readValues(store: Store, index: RunIndex, numbers: readonly number[]): SQLInputValue[] {
  const { row, table, value, where } = index;
  const isRun = row === 'e';
  const join = isRun ? '' : `CROSS JOIN ${table} k ON k.run_id = e.run_id AND k.key = ?`;
  const rows = store.db.allOnce<{ value: SQLInputValue }>(
    `SELECT ${value} AS value FROM json_each(?) j
     CROSS JOIN runs e ON e.run_number = j.value ${join} ORDER BY j.key`,
    [JSON.stringify(numbers), ...(isRun ? [] : where.parameters)],
  );
  return rows.map((found) => found.value);
}
