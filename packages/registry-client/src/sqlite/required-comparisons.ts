import type { Comparison, Filter } from '../search/filter.ts';
import type { SqlCondition } from './sql-condition.ts';

/** A condition on the values of a metric that every run found must meet. */
export interface MetricBound {
  readonly key: string;
  readonly bounds: SqlCondition;
}

/** What every result meets, whatever the filter asks beside it. */
export function requiredComparisons(filter: Filter | undefined): readonly Comparison[] {
  if (filter?.kind === 'and') return filter.terms.flatMap(requiredComparisons);
  return filter?.kind === 'comparison' ? [filter] : [];
}

const BOUNDING: readonly string[] = ['=', '<', '<=', '>', '>='];

/** What a filter asks of metrics whatever else it asks; the conditions on one metric together. */
export function metricBounds(required: readonly Comparison[]): readonly MetricBound[] {
  const byKey = Map.groupBy(required.filter(isMetricBound), ({ key }) => key);
  return [...byKey].map(([key, comparisons]) => ({
    key,
    bounds: {
      sql: comparisons.map(({ operator }) => `k.value ${operator} ?`).join(' AND '),
      parameters: comparisons.map(({ value }) => value as number),
    },
  }));
}

function isMetricBound({ entity, operator, value }: Comparison): boolean {
  return entity === 'metric' && BOUNDING.includes(operator) && typeof value === 'number';
}

/** The values of one metric that meet a condition, in all experiments. */
export function metricRuns(numbers: readonly number[], { key, bounds }: MetricBound): SqlCondition {
  return {
    sql: `latest_metrics k WHERE k.experiment_id IN (SELECT value FROM json_each(?))
          AND k.key = ? AND ${bounds.sql}`,
    parameters: [JSON.stringify(numbers), key, ...bounds.parameters],
  };
}

/** For each value of a parameter or tag that is asked for: the runs with it, of any experiment. */
export function textRuns(required: readonly Comparison[]): readonly SqlCondition[] {
  return required.filter(isShortText).map(({ entity, key, value }) => ({
    sql: `${entity === 'param' ? 'run_params' : 'run_tags'} k
          WHERE k.key = ? AND k.value = ? AND length(k.value) <= ${SHORT_TEXT}`,
    parameters: [key, value as string],
  }));
}

/** Longer texts are in no index. */
const SHORT_TEXT = 100;

function isShortText({ entity, operator, value }: Comparison): boolean {
  return (
    (entity === 'param' || entity === 'tag') &&
    operator === '=' &&
    typeof value === 'string' &&
    value.length <= SHORT_TEXT
  );
}
