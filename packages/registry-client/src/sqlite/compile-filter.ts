import { nearestName } from '@gnu-mlops/core';
import type { Comparison, Filter } from '../search/filter.ts';
import { parseFilter } from '../search/parse-filter.ts';
import { FilterInvalidError } from '../search-errors.ts';
import { compareColumn } from './compare-column.ts';
import type { KeyedTable, SearchAttribute, SearchTarget } from './search-target.ts';
import type { SqlCondition } from './sql-condition.ts';

/**
 * Turn a filter into SQL. Keys and values only ever become parameters.
 *
 * @throws {FilterInvalidError} also when an attribute is unknown or a value has the wrong type.
 */
export function compileFilter(text: string | undefined, target: SearchTarget): SqlCondition {
  const filter = text === undefined ? undefined : parseFilter(text);
  if (filter === undefined) return { sql: '1', parameters: [] };
  return compileTree(filter, { text: text!, target });
}

interface Context {
  readonly text: string;
  readonly target: SearchTarget;
}

function compileTree(filter: Filter, context: Context): SqlCondition {
  if (filter.kind === 'comparison') return compileComparison(filter, context);
  const terms = filter.terms.map((term) => compileTree(term, context));
  return {
    sql: `(${terms.map(({ sql }) => sql).join(filter.kind === 'and' ? ' AND ' : ' OR ')})`,
    parameters: terms.flatMap(({ parameters }) => parameters),
  };
}

function compileComparison(comparison: Comparison, context: Context): SqlCondition {
  const { entity, key } = comparison;
  const { target } = context;
  if (entity === 'attribute') {
    return compare(columnNamed(target.attributes, comparison, context), comparison, context);
  }
  if (entity === 'dataset') {
    if (comparison.value === null) throw fail(comparison, context, 'data sets are never NULL.');
    const column = columnNamed(target.datasets, comparison, context);
    const { sql, parameters } = compare(column, comparison, context);
    return {
      sql: `EXISTS (SELECT 1 FROM run_inputs k WHERE k.run_id = e.run_id AND ${sql})`,
      parameters,
    };
  }
  const table = target.keyed[entity];
  if (table === undefined) throw fail(comparison, context, `${entity}s cannot be searched here.`);
  const { operator, value } = comparison;
  if (value === null) {
    const found = keyExists(table, key, { sql: '1', parameters: [] });
    return operator === 'IS NULL' ? negate(found) : found;
  }
  if (operator === '!=' && entity === 'tag' && target.absentTagsDiffer.includes(key)) {
    const equal = compare(keyedColumn(table), { ...comparison, operator: '=' }, context);
    return negate(keyExists(table, key, equal));
  }
  return keyExists(table, key, compare(keyedColumn(table), comparison, context));
}

function keyExists(
  table: KeyedTable,
  key: string,
  { sql, parameters }: SqlCondition,
): SqlCondition {
  return {
    sql: `EXISTS (SELECT 1 FROM ${table.table} k WHERE ${table.join} AND k.key = ? AND ${sql})`,
    parameters: [...(table.parameters ?? []), key, ...parameters],
  };
}

function negate({ sql, parameters }: SqlCondition): SqlCondition {
  return { sql: `NOT ${sql}`, parameters };
}

function keyedColumn({ type }: KeyedTable): SearchAttribute {
  return { column: 'k.value', type };
}

function compare(column: SearchAttribute, comparison: Comparison, context: Context): SqlCondition {
  const condition = compareColumn(column, comparison);
  if ('problem' in condition) throw fail(comparison, context, condition.problem);
  return condition;
}

function columnNamed(
  columns: SearchTarget['attributes'],
  comparison: Comparison,
  context: Context,
): SearchAttribute {
  const { entity, key } = comparison;
  const known = Object.keys(columns);
  if (Object.hasOwn(columns, key)) return columns[key]!;
  if (known.length === 0) throw fail(comparison, context, `${entity}s cannot be searched here.`);
  const nearest = nearestName(key, known);
  const hint =
    nearest === undefined ? `There are: ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
  throw fail(comparison, context, `there is no ${entity} "${key}". ${hint}`);
}

function fail(comparison: Comparison, context: Context, problem: string): FilterInvalidError {
  return new FilterInvalidError(context.text, comparison.position, problem);
}
