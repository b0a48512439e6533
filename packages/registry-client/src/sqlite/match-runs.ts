import type { Comparison, Filter } from '../search/filter.ts';
import { resolveComparison } from './compile-filter.ts';
import { INDEXED_CHARACTERS, type RunIndex, indexesOf, numbersIn } from './run-index.ts';
import { type RunSearch, NEWEST_FIRST } from './run-search.ts';
import { type RunSet, narrow, runSetOf, widen } from './run-set.ts';
import { runTarget } from './run-target.ts';
import type { SqlCondition } from './sql-condition.ts';
import type { Store } from './store.ts';

/**
 * Every run that a search finds, by going over indexes: one for each comparison, and whole, so that
 * it takes no longer the rarer what is sought is.
 *
 * @returns undefined for every run of the experiments.
 */
export function matchRuns(store: Store, search: RunSearch): RunSet | undefined {
  const { filter, view } = search;
  const context = contextOf(store, search);
  if (view === 'all') return filter === undefined ? undefined : matchFilter(filter, context);
  const outOfSight = context.numbers(OUT_OF_SIGHT, ALL);
  if (view === 'active' && filter === undefined && outOfSight.length === 0) return undefined;
  const found = filter === undefined ? everyRun(store, search) : matchFilter(filter, context);
  return narrow(found, runSetOf(outOfSight), view === 'deleted' ? 'both' : 'others');
}

/** Every run of the experiments. */
export function everyRun(store: Store, search: RunSearch): RunSet {
  const [index] = indexesOf(NEWEST_FIRST);
  return runSetOf(contextOf(store, search).numbers(index!, ALL));
}

function contextOf(store: Store, search: RunSearch): MatchContext {
  const { experiments } = search;
  return {
    store,
    search,
    numbers: (index, condition) => {
      const { sql, parameters } = numbersIn(index, experiments, condition);
      return store.db.numbers(sql, parameters);
    },
  };
}

const ALL: SqlCondition = { sql: '1', parameters: [] };

const OUT_OF_SIGHT: RunIndex = {
  row: 'e',
  table: 'runs',
  index: 'runs_out_of_sight',
  where: { sql: "e.lifecycle_stage = 'deleted'", parameters: [] },
  value: 'e.run_number',
};

const INPUTS: RunIndex = {
  row: 'k',
  table: 'run_inputs',
  index: 'run_inputs_by_name',
  where: ALL,
  value: 'k.name',
};

interface MatchContext {
  readonly store: Store;
  readonly search: RunSearch;
  readonly numbers: (index: RunIndex, condition: SqlCondition) => number[];
}

function matchFilter(filter: Filter, context: MatchContext): RunSet {
  if (filter.kind === 'comparison') return matchComparison(filter, context);
  const [first, ...others] = filter.terms;
  let found = matchFilter(first!, context);
  for (const term of others) {
    const matched = matchFilter(term, context);
    found = filter.kind === 'and' ? narrow(found, matched, 'both') : widen(found, matched);
  }
  return found;
}

function matchComparison(comparison: Comparison, context: MatchContext): RunSet {
  const { store, search, numbers } = context;
  const { text } = search;
  const { condition, isAbsent } = resolveComparison(comparison, {
    text,
    target: runTarget,
  });
  if (isOfIds(comparison)) return runSetOf(withIds(context, condition));
  const indexes = comparison.entity === 'dataset' ? [INPUTS] : indexesFor(comparison);
  const found = runSetOf(indexes.flatMap((index) => numbers(index, condition)));
  return isAbsent === true ? narrow(everyRun(store, search), found, 'others') : found;
}

function isOfIds({ entity, key, operator }: Comparison): boolean {
  return entity === 'attribute' && key === 'run_id' && (operator === '=' || operator === 'IN');
}

/** Few, and looked up one by one: the plus keeps SQLite from going over the experiment. */
function withIds({ store, search }: MatchContext, { sql, parameters }: SqlCondition): number[] {
  return store.db.numbers(
    `SELECT e.run_number FROM runs e
     WHERE ${sql} AND +e.experiment_id IN (SELECT value FROM json_each(?))`,
    [...parameters, JSON.stringify(search.experiments)],
  );
}

/** A long text equals no short one. */
function indexesFor(comparison: Comparison): readonly RunIndex[] {
  const indexes = indexesOf(comparison);
  const { operator, value } = comparison;
  const isShort = typeof value === 'string' && value.length <= INDEXED_CHARACTERS;
  return operator === '=' && isShort ? indexes.slice(0, 1) : indexes;
}
