import type { SQLInputValue } from 'node:sqlite';
import type { OrderTerm } from '../search/parse-order-by.ts';
import { runTarget } from './run-target.ts';
import type { SqlCondition } from './sql-condition.ts';

/** An index that has runs in the order of a value of theirs, in each experiment. */
export interface RunIndex {
  /** The name of its rows: `e` where they are runs themselves. */
  readonly row: 'e' | 'k';
  readonly table: 'runs' | 'latest_metrics' | 'run_params' | 'run_tags' | 'run_inputs';
  readonly index: string;
  /** Which of its rows, beside the experiment. */
  readonly where: SqlCondition;
  readonly value: string;
  /** How the values follow in it; undefined: in no order. */
  readonly order?: OrderTerm['direction'];
}

const NEWEST_FIRST = 'runs_newest_first';

/** Texts up to here are in the index of their values; others are looked up one by one. */
export const INDEXED_CHARACTERS = 100;

/** The indexes that together have every run with a value, or NaN, for a criterion. */
export function indexesOf({ entity, key }: Pick<OrderTerm, 'entity' | 'key'>): readonly RunIndex[] {
  switch (entity) {
    case 'metric':
      return [metricIndex(key)];
    case 'param':
      return textIndexes('run_params', key);
    case 'tag':
      return textIndexes('run_tags', key);
    default:
      return [attributeIndex(key)];
  }
}

function metricIndex(key: string): RunIndex {
  return {
    row: 'k',
    table: 'latest_metrics',
    index: 'latest_metrics_by_value',
    where: { sql: 'k.key = ?', parameters: [key] },
    value: 'k.value',
    order: 'DESC',
  };
}

function textIndexes(table: 'run_params' | 'run_tags', key: string): readonly RunIndex[] {
  const index = (name: string, comparison: string): RunIndex => ({
    row: 'k',
    table,
    index: name,
    where: {
      sql: `k.key = ? AND length(k.value) ${comparison} ${INDEXED_CHARACTERS}`,
      parameters: [key],
    },
    value: 'k.value',
  });
  return [{ ...index(`${table}_by_value`, '<='), order: 'ASC' }, index(`${table}_long`, '>')];
}

function attributeIndex(key: string): RunIndex {
  const { column, index } = runTarget.attributes[key]!;
  return {
    row: 'e',
    table: 'runs',
    index: index ?? NEWEST_FIRST,
    where: { sql: '1', parameters: [] },
    value: column,
    ...(index === undefined ? {} : { order: index === NEWEST_FIRST ? 'DESC' : 'ASC' }),
  };
}

/** The numbers of runs in an index, for which a condition on its rows holds, in no order. */
export function numbersIn(
  index: RunIndex,
  experiments: readonly number[],
  condition: SqlCondition,
): SqlCondition {
  const { row, where } = index;
  const [only] = experiments;
  const isOne = experiments.length === 1;
  const which = isOne ? '= ?' : 'IN (SELECT value FROM json_each(?))';
  return {
    sql: `SELECT ${row}.run_number FROM ${fromIndex(index)}
          WHERE ${row}.experiment_id ${which} AND ${where.sql} AND ${condition.sql}`,
    parameters: [
      isOne ? only! : JSON.stringify(experiments),
      ...where.parameters,
      ...condition.parameters,
    ],
  };
}

/** What follows FROM. */
export function fromIndex({ row, table, index }: RunIndex): string {
  return `${table} ${row} INDEXED BY ${index}`;
}

/** So many of them are merged at most, one for each experiment. */
const MANY_EXPERIMENTS = 100;

/** An index as it is gone through: forwards, or backwards, where equal runs are so too. */
export interface IndexOrder {
  readonly indexes: readonly RunIndex[];
  readonly direction: OrderTerm['direction'];
  /** Which runs of the same value come first. */
  readonly equals: 'newest first' | 'newest last';
}

/** How the indexes of a criterion are gone through without sorting. */
export function indexOrder(
  indexes: readonly RunIndex[],
  direction: OrderTerm['direction'],
): IndexOrder {
  const { order = direction } = indexes[0]!;
  return {
    indexes,
    direction,
    equals: direction === order ? 'newest first' : 'newest last',
  };
}

/** The numbers of runs with a value, in its order; what has no value, or NaN, is left out. */
export function numbersInOrder(
  { indexes, direction, equals }: IndexOrder,
  experiments: readonly number[],
): SqlCondition {
  const isMerged = experiments.length <= MANY_EXPERIMENTS;
  const parameters: SQLInputValue[] = [];
  const branches = indexes.flatMap((index) =>
    (isMerged ? experiments : [JSON.stringify(experiments)]).map((experiment) => {
      const { row, where, value } = index;
      parameters.push(experiment, ...where.parameters);
      const which = isMerged ? '= ?' : 'IN (SELECT value FROM json_each(?))';
      return `SELECT ${row}.run_number, ${value} AS value, ${row}.start_time, ${row}.run_id
        FROM ${fromIndex(index)}
        WHERE ${row}.experiment_id ${which} AND ${where.sql} AND ${value} IS NOT NULL`;
    }),
  );
  const [newest, id] = equals === 'newest first' ? ['DESC', 'ASC'] : ['ASC', 'DESC'];
  // Where the time is the value, SQLite would sort by it once more.
  const time = indexes[0]!.value === 'e.start_time' ? '' : `start_time ${newest},`;
  // With a limit, though it limits nothing, SQLite keeps the order.
  return {
    sql: `SELECT run_number FROM (
      ${branches.join(' UNION ALL ')} ORDER BY value ${direction}, ${time} run_id ${id} LIMIT -1)`,
    parameters,
  };
}
