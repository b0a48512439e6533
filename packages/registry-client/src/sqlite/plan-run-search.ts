import type { SQLInputValue } from 'node:sqlite';
import type { SearchRunsRequest } from '../registry.ts';
import { parseFilter } from '../search/parse-filter.ts';
import { type OrderTerm, parseOrderBy } from '../search/parse-order-by.ts';
import { compileFilter } from './compile-filter.ts';
import { compileOrderBy, formatOrderBy } from './compile-order-by.ts';
import type { Phase } from './read-phases.ts';
import {
  type MetricBound,
  metricBounds,
  metricRuns,
  requiredComparisons,
  textRuns,
} from './required-comparisons.ts';
import { runTarget } from './run-target.ts';
import type { OrderPart, SqlCondition } from './sql-condition.ts';
import type { Store } from './store.ts';

/** So few runs are sorted faster than they are found in order. */
const FEW_RUNS = 2000;

/** So many indexes are merged at most, with so many parameters together. */
const MANY_EXPERIMENTS = 100;
const MANY_PARAMETERS = 10_000;

/** A search for runs; `numbers` are the keys of its experiments. */
export interface RunSearch extends Pick<SearchRunsRequest, 'filter' | 'orderBy' | 'view'> {
  readonly numbers: readonly number[];
}

/**
 * Decide how runs are found: by the index of a metric that few of them meet a condition on; in the
 * order of the metric that they are ordered by; or one by one, newest first.
 *
 * @throws {FilterInvalidError | OrderByInvalidError}
 */
export function planRunSearch(store: Store, search: RunSearch): readonly Phase[] {
  const { filter, orderBy = [], numbers } = search;
  const condition = runCondition(search);
  const order = compileOrderBy(orderBy, runTarget);
  const required = requiredComparisons(filter === undefined ? undefined : parseFilter(filter));
  const bounds = metricBounds(required);
  const drivers = [...bounds.map((bound) => metricRuns(numbers, bound)), ...textRuns(required)];
  for (const driver of drivers) {
    if (hasFew(store, driver))
      return [{ select: among(driver, numbers, condition), order: formatOrderBy(order) }];
  }
  const [first] = orderBy.map(parseOrderBy);
  if (first?.entity === 'metric' && canMerge(numbers, [condition, ...order])) {
    const bound = bounds.find(({ key }) => key === first.key);
    return inMetricOrder({ numbers, condition, bound, term: first, rest: order.slice(2) });
  }
  return [{ select: ofExperiments(numbers, condition), order: formatOrderBy(order) }];
}

function canMerge(numbers: readonly number[], branch: readonly SqlCondition[]): boolean {
  const perBranch = branch.reduce((sum, { parameters }) => sum + parameters.length, 0);
  return (
    numbers.length > 0 &&
    numbers.length <= MANY_EXPERIMENTS &&
    numbers.length * perBranch <= MANY_PARAMETERS
  );
}

function runCondition({ filter, view = 'active' }: RunSearch): SqlCondition {
  const { sql, parameters } = compileFilter(filter, runTarget);
  if (view === 'all') return { sql, parameters };
  return { sql: `e.lifecycle_stage = ? AND ${sql}`, parameters: [view, ...parameters] };
}

function ofExperiments(
  numbers: readonly number[],
  { sql, parameters }: SqlCondition,
): SqlCondition {
  return {
    sql: `SELECT e.* FROM runs e
          WHERE e.experiment_id IN (SELECT value FROM json_each(?)) AND ${sql}`,
    parameters: [JSON.stringify(numbers), ...parameters],
  };
}

function hasFew(store: Store, driver: SqlCondition): boolean {
  const [row] = store.db.allOnce<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 FROM ${driver.sql} LIMIT ?)`,
    [...driver.parameters, FEW_RUNS],
  );
  return row!.count < FEW_RUNS;
}

function among(
  driver: SqlCondition,
  numbers: readonly number[],
  condition: SqlCondition,
): SqlCondition {
  return {
    sql: `SELECT e.* FROM (SELECT k.run_id FROM ${driver.sql}) found
          CROSS JOIN runs e ON e.run_id = found.run_id
          WHERE e.experiment_id IN (SELECT value FROM json_each(?)) AND ${condition.sql}`,
    parameters: [...driver.parameters, JSON.stringify(numbers), ...condition.parameters],
  };
}

interface MetricOrder {
  readonly numbers: readonly number[];
  readonly condition: SqlCondition;
  /** What the filter asks of the metric that decides the order. */
  readonly bound: MetricBound | undefined;
  readonly term: OrderTerm;
  /** What decides between equal values. */
  readonly rest: readonly OrderPart[];
}

/** First the runs with a number, in its order; then those with NaN; then those without the metric. */
function inMetricOrder(search: MetricOrder): readonly Phase[] {
  const { numbers, condition, bound, term, rest } = search;
  const numeric = withValue(search, {
    sql: `k.value IS NOT NULL AND ${bound?.bounds.sql ?? '1'}`,
    parameters: bound?.bounds.parameters ?? [],
  });
  const nan = withValue(search, { sql: 'k.value IS NULL', parameters: [] });
  const phases = [numeric, nan];
  if (bound !== undefined) return phases;
  const missing = ofExperiments(numbers, {
    sql: `NOT EXISTS (SELECT 1 FROM latest_metrics k WHERE k.run_id = e.run_id AND k.key = ?)
          AND ${condition.sql}`,
    parameters: [term.key, ...condition.parameters],
  });
  return [...phases, { select: missing, order: formatOrderBy(rest) }];
}

/** One ordered walk for every experiment, which SQLite merges: nothing is sorted as a whole. */
function withValue({ numbers, condition, term, rest }: MetricOrder, value: SqlCondition): Phase {
  const columns = rest.map(({ sql }, i) => `${sql} AS order_${i + 1}`).join(', ');
  const restParameters = rest.flatMap(({ parameters }) => parameters);
  const one = `SELECT e.*, k.value AS order_0, ${columns}
    FROM latest_metrics k CROSS JOIN runs e ON e.run_id = k.run_id
    WHERE k.experiment_id = ? AND k.key = ? AND ${value.sql} AND ${condition.sql}`;
  const parameters = (number: number): SQLInputValue[] => [
    ...restParameters,
    number,
    term.key,
    ...value.parameters,
    ...condition.parameters,
  ];
  const directions = [term.direction, ...rest.map(({ direction }) => direction)];
  return {
    select: {
      sql: numbers.map(() => one).join(' UNION ALL '),
      parameters: numbers.flatMap(parameters),
    },
    order: {
      sql: directions.map((direction, i) => `order_${i} ${direction}`).join(', '),
      parameters: [],
    },
  };
}
