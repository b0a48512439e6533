import type { Comparison } from '../search/filter.ts';
import type { SearchAttribute } from './search-target.ts';
import { likePattern } from './like-pattern.ts';
import type { SqlCondition } from './sql-condition.ts';

/** Why a column cannot be compared as a filter asks. */
export interface ComparisonProblem {
  readonly problem: string;
}

/** Turn a comparison of one column into SQL; the value only ever becomes a parameter. */
export function compareColumn(
  { column, type }: SearchAttribute,
  { operator, value }: Comparison,
): SqlCondition | ComparisonProblem {
  if (value === null) return { sql: `${column} ${operator}`, parameters: [] };
  switch (type) {
    case 'text':
      return compareText(column, operator, value);
    case 'number':
      if (typeof value !== 'number') return { problem: 'it compares with a number only.' };
      return { sql: `${column} ${operator} ?`, parameters: [value] };
    case 'metric':
      if (typeof value !== 'number') return { problem: 'it compares with a number only.' };
      // A NaN is kept as NULL, and it differs from every number.
      return {
        sql: `${column} ${operator === '!=' ? 'IS NOT' : operator} ?`,
        parameters: [value],
      };
    case 'id':
      return compareId(column, operator, value);
  }
}

function compareText(
  column: string,
  operator: Comparison['operator'],
  value: string | number | readonly string[],
): SqlCondition | ComparisonProblem {
  if (typeof value === 'number')
    return { problem: 'it compares with a text in single quotes only.' };
  if (typeof value !== 'string') return inList(column, operator, value);
  if (operator === 'LIKE' || operator === 'ILIKE') {
    return likePattern(column, operator, value);
  }
  if (operator !== '=' && operator !== '!=') {
    return { problem: `a text cannot be compared by ${operator}.` };
  }
  return { sql: `${column} ${operator} ?`, parameters: [value] };
}

/** MLflow writes some whole numbers as texts. */
function compareId(
  column: string,
  operator: Comparison['operator'],
  value: string | number | readonly string[],
): SqlCondition | ComparisonProblem {
  const ids = (typeof value === 'object' ? value : [value]).map((one) =>
    typeof one === 'number' || /^[+-]?\d+$/.test(one) ? Number(one) : NaN,
  );
  if (!ids.every(Number.isInteger) || operator === 'LIKE' || operator === 'ILIKE') {
    return { problem: 'it compares with a whole number only.' };
  }
  if (typeof value === 'object') return inList(column, operator, ids);
  return { sql: `${column} ${operator} ?`, parameters: ids };
}

function inList(
  column: string,
  operator: Comparison['operator'],
  values: readonly (string | number)[],
): SqlCondition {
  return {
    sql: `${column} ${operator} (SELECT value FROM json_each(?))`,
    parameters: [JSON.stringify(values)],
  };
}
