import { formatOrderBy } from './compile-order-by.ts';
import { filledIndexes } from './filled-indexes.ts';
import { requiredBounds } from './required-bounds.ts';
import { type RunIndex, fromIndex } from './run-index.ts';
import type { RunRow } from './run-rows.ts';
import { type RunSearch, type Window, NEWEST_FIRST } from './run-search.ts';
import type { SqlCondition } from './sql-condition.ts';
import type { Store } from './store.ts';

/** Windows that end after more runs than that are not looked for here. */
const MOST_RUNS = 500;

/** A statement that is repeated for each experiment has so many parameters at most, in all. */
const MOST_PARAMETERS = 500;

/** So many runs are looked at for each that is wanted. */
const LOOK_AT = 5;

/** One ordered walk through an index, and who of it is looked at. */
interface Walk {
  readonly store: Store;
  readonly search: RunSearch;
  readonly index: RunIndex;
  readonly direction: 'ASC' | 'DESC';
  /** Of the index, beside the experiment. */
  readonly where: SqlCondition;
}

/**
 * Look for the first runs of an order among the few at its beginning, one by one: fast where many
 * runs meet the filter.
 *
 * @returns undefined where that is not known to be all of the window.
 */
export function findFirstRuns(
  store: Store,
  search: RunSearch,
  window: Window,
): readonly RunRow[] | undefined {
  const { experiments, terms } = search;
  const wanted = window.offset + window.limit;
  if (wanted > MOST_RUNS || parameterCount(search) > MOST_PARAMETERS) return undefined;
  const [term = NEWEST_FIRST] = terms;
  const [index, ...others] = filledIndexes(store, experiments, term);
  if (index!.order === undefined || others.length > 0) return undefined;
  const bounds = term.entity === 'metric' ? requiredBounds(search.filter, term.key) : ANY;
  const { sql, parameters } = index!.where;
  const where = {
    sql: `${sql} AND ${index!.value} IS NOT NULL AND ${bounds.sql}`,
    parameters: [...parameters, ...bounds.parameters],
  };
  const walk = {
    store,
    search,
    index: index!,
    direction: term.direction,
    where,
  };
  const rows = takeWalk(walk, window, edgeOf(walk, LOOK_AT * wanted));
  return rows.length === window.limit ? rows : undefined;
}

/** SQLite takes ever longer to understand a statement the more it has; an edge is of each experiment. */
function parameterCount({ experiments, condition, order }: RunSearch): number {
  const ofOrder = order.reduce((sum, { parameters }) => sum + parameters.length, 0);
  const ofOne = 1 + condition.parameters.length + ofOrder + experiments.length;
  return experiments.length * ofOne;
}

const ANY: SqlCondition = { sql: '1', parameters: [] };

/** A value that no more than so many runs come before, in all experiments together. */
function edgeOf({ store, search, index, direction, where }: Walk, runs: number): SqlCondition {
  const { experiments } = search;
  const { row, value } = index;
  const edges = experiments.flatMap((experiment) =>
    store.db.allOnce<{ value: string | number }>(
      `SELECT ${value} AS value FROM ${fromIndex(index)}
       WHERE ${row}.experiment_id = ? AND ${where.sql} ORDER BY ${value} ${direction} LIMIT 1 OFFSET ?`,
      [experiment, ...where.parameters, Math.ceil(runs / experiments.length)],
    ),
  );
  // All of them hold: the strictest counts.
  const comparison = direction === 'ASC' ? '<' : '>';
  return {
    sql: ['1', ...edges.map(() => `${value} ${comparison} ?`)].join(' AND '),
    parameters: edges.map((edge) => edge.value),
  };
}

/** What is equal to the edge may come before it: only what does come before is looked at. */
function takeWalk(walk: Walk, { limit, offset }: Window, edge: SqlCondition): readonly RunRow[] {
  const { store, search, index, direction, where } = walk;
  const { row, value } = index;
  const rest = search.terms.length === 0 ? search.order.slice(-1) : search.order.slice(2);
  const columns = rest.map(({ sql }, i) => `${sql} AS order_${i + 1}`).join(', ');
  const join = row === 'e' ? '' : 'CROSS JOIN runs e ON e.run_id = k.run_id';
  const one = `SELECT e.*, ${value} AS order_0, ${columns} FROM ${fromIndex(index)} ${join}
    WHERE ${row}.experiment_id = ? AND ${where.sql} AND ${edge.sql} AND ${search.condition.sql}`;
  const order = formatOrderBy(
    [direction, ...rest.map((part) => part.direction)].map((each, i) => ({
      sql: `order_${i}`,
      direction: each,
      parameters: [],
    })),
  );
  return store.db.allOnce<RunRow>(
    `${search.experiments.map(() => one).join(' UNION ALL ')}
     ORDER BY ${order.sql} LIMIT ? OFFSET ?`,
    [
      ...search.experiments.flatMap((experiment) => [
        ...rest.flatMap(({ parameters }) => parameters),
        experiment,
        ...where.parameters,
        ...edge.parameters,
        ...search.condition.parameters,
      ]),
      limit,
      offset,
    ],
  );
}
