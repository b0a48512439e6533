import { nearestName } from '@gnu-mlops/core';
import type { SQLInputValue } from 'node:sqlite';
import type { Comparison, Filter } from '../search/filter.ts';
import { parseFilter } from '../search/parse-filter.ts';
import { FilterInvalidError } from '../search-errors.ts';
import type { SearchTarget } from './search-target.ts';

/** A condition with its values kept apart. */
export interface SqlCondition {
  readonly sql: string;
  readonly parameters: readonly SQLInputValue[];
}

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
    const attribute = ownEntry(target.attributes, key);
    if (attribute === undefined)
      throw unknownKey(comparison, context, Object.keys(target.attributes));
    return compare(attribute.column, attribute.type, { comparison, context });
  }
  if (entity === 'dataset') {
    const column = ownEntry(target.datasets ?? {}, key);
    if (column === undefined)
      throw unknownKey(comparison, context, Object.keys(target.datasets ?? {}));
    const { sql, parameters } = compare(`k.${column}`, 'text', { comparison, context });
    return {
      sql: `EXISTS (SELECT 1 FROM run_inputs k WHERE k.run_id = e.run_id AND ${sql})`,
      parameters,
    };
  }
  const keyed = target.keyed[entity];
  if (keyed === undefined) throw fail(comparison, context, `${entity}s cannot be searched here.`);
  const { sql, parameters } = compare('k.value', keyed.type, { comparison, context });
  const found = `EXISTS (SELECT 1 FROM ${keyed.table} k WHERE ${keyed.join} AND k.key = ? AND ${sql})`;
  if (comparison.operator === '!=' && entity === 'tag' && target.absentTagsDiffer.includes(key)) {
    return {
      sql: `NOT EXISTS (SELECT 1 FROM ${keyed.table} k WHERE ${keyed.join} AND k.key = ? AND k.value = ?)`,
      parameters: [key, ...parameters],
    };
  }
  return { sql: found, parameters: [key, ...parameters] };
}

function compare(
  column: string,
  type: 'text' | 'number',
  { comparison, context }: { comparison: Comparison; context: Context },
): SqlCondition {
  const { operator, value } = comparison;
  if (type === 'number') {
    if (typeof value !== 'number')
      throw fail(comparison, context, 'it compares with a number only.');
    // IS NOT: a NaN is kept as NULL, and it differs from every number.
    return { sql: `${column} ${operator === '!=' ? 'IS NOT' : operator} ?`, parameters: [value] };
  }
  if (typeof value === 'number') {
    throw fail(comparison, context, 'it compares with a text in single quotes only.');
  }
  if (typeof value !== 'string') {
    const list = JSON.stringify(value);
    return { sql: `${column} ${operator} (SELECT value FROM json_each(?))`, parameters: [list] };
  }
  if (operator === 'LIKE' || operator === 'ILIKE') {
    const call = operator === 'LIKE' ? 'match_like' : 'match_ilike';
    return { sql: `${call}(${column}, ?)`, parameters: [value] };
  }
  if (operator !== '=' && operator !== '!=') {
    throw fail(comparison, context, `a text cannot be compared by ${operator}.`);
  }
  return { sql: `${column} ${operator} ?`, parameters: [value] };
}

function ownEntry<T>(entries: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(entries, key) ? entries[key] : undefined;
}

function unknownKey(
  comparison: Comparison,
  context: Context,
  known: readonly string[],
): FilterInvalidError {
  const nearest = nearestName(comparison.key, known);
  const hint =
    nearest === undefined ? `There are: ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
  return fail(
    comparison,
    context,
    known.length === 0
      ? `${comparison.entity}s cannot be searched here.`
      : `there is no ${comparison.entity} "${comparison.key}". ${hint}`,
  );
}

function fail(comparison: Comparison, context: Context, problem: string): FilterInvalidError {
  return new FilterInvalidError(context.text, comparison.position, problem);
}
