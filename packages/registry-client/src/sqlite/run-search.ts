import type { SearchRunsRequest } from '../registry.ts';
import type { Filter } from '../search/filter.ts';
import { parseFilter } from '../search/parse-filter.ts';
import { type OrderTerm, parseOrderBy } from '../search/parse-order-by.ts';
import { compileFilter } from './compile-filter.ts';
import { compileOrderBy } from './compile-order-by.ts';
import { experimentNumber } from './experiments.ts';
import { runTarget } from './run-target.ts';
import type { OrderPart, SqlCondition } from './sql-condition.ts';

/** A search for runs, checked and understood. */
export interface RunSearch {
  /** The keys of the experiments, each once. */
  readonly experiments: readonly number[];
  readonly view: 'active' | 'deleted' | 'all';
  readonly filter: Filter | undefined;
  /** The text of the filter, for messages. */
  readonly text: string;
  /** What a row `e` of runs meets when it is found. */
  readonly condition: SqlCondition;
  /** The criteria of the order; the newest run comes first among equals anyway. */
  readonly terms: readonly OrderTerm[];
  /** The order as SQL: two parts for each criterion, and what decides between equals. */
  readonly order: readonly OrderPart[];
}

/** What decides at the end, among runs that are equal by all criteria. */
export const NEWEST_FIRST = { entity: 'attribute', key: 'start_time', direction: 'DESC' } as const;

/** How many results, and how many before them are left out. */
export interface Window {
  readonly limit: number;
  readonly offset: number;
}

/** @throws {FilterInvalidError | OrderByInvalidError} */
export function readRunSearch(request: SearchRunsRequest): RunSearch {
  const { filter, orderBy = [], view = 'active' } = request;
  const { sql, parameters } = compileFilter(filter, runTarget);
  const order = compileOrderBy(orderBy, runTarget);
  return {
    experiments: [...new Set(request.experimentIds.map(experimentNumber))],
    view,
    filter: filter === undefined ? undefined : parseFilter(filter),
    text: filter ?? '',
    condition:
      view === 'all'
        ? { sql, parameters }
        : {
            sql: `e.lifecycle_stage = ? AND ${sql}`,
            parameters: [view, ...parameters],
          },
    terms: withoutNewest(orderBy.map(parseOrderBy)),
    order,
  };
}

/** The newest first is what decides at the end. */
function withoutNewest(terms: readonly OrderTerm[]): readonly OrderTerm[] {
  const last = terms.at(-1);
  const { start_time: startTime } = runTarget.attributes;
  const isNewest =
    last?.entity === 'attribute' &&
    last.direction === 'DESC' &&
    runTarget.attributes[last.key] === startTime;
  return isNewest ? terms.slice(0, -1) : terms;
}

/** The order of a search from its nth criterion on, as SQL. */
export function orderFrom({ order }: RunSearch, term: number): readonly OrderPart[] {
  return order.slice(2 * term);
}
