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

/** The text of a filter, for messages, and what it is about. */
interface FilterContext {
  readonly text: string;
  readonly target: SearchTarget;
}

/** What a comparison asks of the searched row itself, or of a row that belongs to it. */
interface ResolvedComparison {
  /** Of `e`, or of the other row as `k`, without its key. */
  readonly condition: SqlCondition;
  /** Undefined: it asks of the searched row. */
  readonly table?: Pick<KeyedTable, 'table' | 'owner' | 'where'>;
  /** Undefined also where the rows of the table have none. */
  readonly key?: string;
  /** No row may be like that, instead of one. */
  readonly isAbsent?: true;
}

function compileTree(filter: Filter, context: FilterContext): SqlCondition {
  if (filter.kind === 'comparison') return compileComparison(filter, context);
  const terms = filter.terms.map((term) => compileTree(term, context));
  return {
    sql: `(${terms.map(({ sql }) => sql).join(filter.kind === 'and' ? ' AND ' : ' OR ')})`,
    parameters: terms.flatMap(({ parameters }) => parameters),
  };
}

function compileComparison(comparison: Comparison, context: FilterContext): SqlCondition {
  const { condition, table, key, isAbsent } = resolveComparison(comparison, context);
  if (table === undefined) return condition;
  const not = isAbsent === true ? 'NOT ' : '';
  const { owner, where } = table;
  const ofKey = key === undefined ? '1' : 'k.key = ?';
  const rows = `FROM ${table.table} k
    WHERE ${ofKey} AND ${where?.sql ?? '1'} AND ${condition.sql}`;
  const columns = (row: string) => owner.map((column) => `${row}.${column}`).join(', ');
  const join = owner.map((column) => `k.${column} = e.${column}`).join(' AND ');
  return {
    sql:
      context.target.lookUp === 'each'
        ? `${not}EXISTS (SELECT 1 ${rows} AND ${join})`
        : `(${columns('e')}) ${not}IN (SELECT ${columns('k')} ${rows})`,
    parameters: [
      ...(key === undefined ? [] : [key]),
      ...(where?.parameters ?? []),
      ...condition.parameters,
    ],
  };
}

/**
 * Look up what a comparison is about.
 *
 * @throws {FilterInvalidError}
 */
export function resolveComparison(
  comparison: Comparison,
  context: FilterContext,
): ResolvedComparison {
  const { entity, key } = comparison;
  const { target } = context;
  if (entity === 'attribute') {
    const column = columnNamed(target.attributes, comparison, context);
    return { condition: compare(column, comparison, context) };
  }
  if (entity === 'dataset') {
    if (comparison.value === null) throw fail(comparison, context, 'data sets are never NULL.');
    const column = columnNamed(target.datasets, comparison, context);
    const table = { table: 'run_inputs', owner: ['run_id'] };
    return { condition: compare(column, comparison, context), table };
  }
  const table = target.keyed[entity];
  if (table === undefined) throw fail(comparison, context, `${entity}s cannot be searched here.`);
  const { operator, value } = comparison;
  if (value === null) {
    const isThere = { condition: { sql: '1', parameters: [] }, table, key };
    return operator === 'IS NULL' ? { ...isThere, isAbsent: true } : isThere;
  }
  if (operator === '!=' && entity === 'tag' && target.absentTagsDiffer.includes(key)) {
    const condition = compare(keyedColumn(table), { ...comparison, operator: '=' }, context);
    return { condition, table, key, isAbsent: true };
  }
  return {
    condition: compare(keyedColumn(table), comparison, context),
    table,
    key,
  };
}

function keyedColumn({ type }: KeyedTable): SearchAttribute {
  return { column: 'k.value', type };
}

function compare(
  column: SearchAttribute,
  comparison: Comparison,
  context: FilterContext,
): SqlCondition {
  const condition = compareColumn(column, comparison);
  if ('problem' in condition) throw fail(comparison, context, condition.problem);
  return condition;
}

function columnNamed(
  columns: SearchTarget['attributes'],
  comparison: Comparison,
  context: FilterContext,
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

function fail(comparison: Comparison, context: FilterContext, problem: string): FilterInvalidError {
  return new FilterInvalidError(context.text, comparison.position, problem);
}
