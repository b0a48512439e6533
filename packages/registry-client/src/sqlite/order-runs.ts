import { formatOrderBy } from './compile-order-by.ts';
import { equalBlocks } from './equal-blocks.ts';
import { filledIndexes } from './filled-indexes.ts';
import { type IndexOrder, indexOrder, numbersIn, numbersInOrder } from './run-index.ts';
import { everyRun } from './match-runs.ts';
import { type RunSearch, type Window, NEWEST_FIRST, orderFrom } from './run-search.ts';
import { type RunSet, countOf, narrow, numbersOf, runSetOf } from './run-set.ts';
import type { Store } from './store.ts';

/** Whose order it is. */
interface Ordering {
  readonly store: Store;
  readonly search: RunSearch;
  /** The first criterion that counts: by those before it, the runs are equal. */
  readonly term: number;
  /** So few runs are sorted faster one by one than picked from all of an index. */
  readonly fewRuns: number;
}

/**
 * Put runs in the order of a search, by going over indexes that have all of them in the order of one
 * criterion. Only those that are equal by it, and in the window, are looked at by the next.
 *
 * @param runs of the experiments of the search; undefined: all of those.
 * @returns the numbers of the runs in the window.
 */
export function orderRuns(ordering: Ordering, runs: RunSet | undefined, window: Window): number[] {
  const { store, search, term, fewRuns } = ordering;
  if (window.limit <= 0) return [];
  if (runs !== undefined && countOf(runs) <= fewRuns) {
    return slice(sortRuns(ordering, numbersOf(runs)), window);
  }
  const criterion = search.terms[term] ?? NEWEST_FIRST;
  const indexes = filledIndexes(store, search.experiments, criterion);
  const order = indexOrder(indexes, criterion.direction);
  const { sql, parameters } = numbersInOrder(order, search.experiments);
  const numbers = store.db.numbers(sql, parameters);
  const valued = runs === undefined ? numbers : numbers.filter((number) => runs[number] === 1);
  if (term >= search.terms.length) return slice(valued, window);
  const found = pickValues(ordering, { order, valued, window });
  let before = valued.length;
  const phases =
    found.length === window.limit ? [] : withoutValue(ordering, { order, valued, runs });
  for (const equal of phases) {
    const offset = Math.max(0, window.offset - before);
    const limit = window.limit - found.length;
    found.push(...orderRuns({ ...ordering, term: term + 1 }, equal, { offset, limit }));
    before += countOf(equal);
  }
  return found;
}

/** What a window shows of runs in the order of their values, equal ones in the order of the rest. */
function pickValues(
  ordering: Ordering,
  from: {
    readonly order: IndexOrder;
    readonly valued: readonly number[];
    readonly window: Window;
  },
): number[] {
  const { store, search, term } = ordering;
  const { order, valued, window } = from;
  const isLast = search.terms.length === term + 1;
  if (isLast && order.equals === 'newest first') return slice(valued, window);
  const stop = window.offset + window.limit;
  const blocks = equalBlocks(store, search, {
    indexes: order.indexes,
    valued,
    window,
  });
  return blocks.flatMap(({ start, end }) => {
    const numbers = valued.slice(start, end);
    if (numbers.length === 1) return numbers;
    const offset = Math.max(0, window.offset - start);
    const within = { offset, limit: Math.min(end, stop) - start - offset };
    if (isLast) return slice(numbers.reverse(), within);
    return orderRuns({ ...ordering, term: term + 1 }, runSetOf(numbers), within);
  });
}

/** First those whose metric is NaN, then those without a value; each is equal among itself. */
function withoutValue(
  { store, search }: Ordering,
  among: {
    readonly order: IndexOrder;
    readonly valued: readonly number[];
    readonly runs: RunSet | undefined;
  },
): RunSet[] {
  const { order, valued, runs } = among;
  const all = runs?.slice() ?? everyRun(store, search);
  const rest = narrow(all, runSetOf(valued), 'others');
  const [index] = order.indexes;
  if (index!.table !== 'latest_metrics') return [rest];
  const isNan = { sql: `${index!.value} IS NULL`, parameters: [] };
  const { sql, parameters } = numbersIn(index!, search.experiments, isNan);
  const nan = runSetOf(store.db.numbers(sql, parameters));
  return [narrow(rest.slice(), nan, 'both'), narrow(rest, nan, 'others')];
}

/** One by one, as SQLite does it. */
function sortRuns({ store, search, term }: Ordering, numbers: readonly number[]): number[] {
  if (numbers.length === 0) return [];
  const order = formatOrderBy(orderFrom(search, term));
  return store.db.numbers(
    `SELECT e.run_number FROM json_each(?) j CROSS JOIN runs e ON e.run_number = j.value
     ORDER BY ${order.sql} LIMIT -1`,
    [JSON.stringify(numbers), ...order.parameters],
  );
}

function slice(numbers: readonly number[], { offset, limit }: Window): number[] {
  return numbers.slice(offset, offset + limit);
}
