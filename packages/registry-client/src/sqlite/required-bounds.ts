import type { Comparison, Filter } from '../search/filter.ts';
import type { SqlCondition } from './sql-condition.ts';

const BOUNDING: readonly string[] = ['=', '<', '<=', '>', '>='];

/** What a filter asks of the value `k` of a metric, whatever else it asks. */
export function requiredBounds(filter: Filter | undefined, metric: string): SqlCondition {
  const bounds = requiredComparisons(filter).filter(
    ({ entity, key, operator }) =>
      entity === 'metric' && key === metric && BOUNDING.includes(operator),
  );
  return {
    sql: ['1', ...bounds.map(({ operator }) => `k.value ${operator} ?`)].join(' AND '),
    parameters: bounds.map(({ value }) => value as number),
  };
}

function requiredComparisons(filter: Filter | undefined): readonly Comparison[] {
  if (filter?.kind === 'and') return filter.terms.flatMap(requiredComparisons);
  return filter?.kind === 'comparison' ? [filter] : [];
}
