import { checkKey } from './check-names.ts';
import { checkMetricPoint, checkTags, checkText } from './check-values.ts';
import { ValueInvalidError } from './value-errors.ts';
import { LIMITS } from './limits.ts';
import type { RunBatch } from './registry.ts';

/** @throws {NameInvalidError | ValueInvalidError} for what no MLflow server would take. */
export function checkRunBatch({ metrics = [], params = {}, tags = {} }: RunBatch): void {
  checkBatchSize(metrics.length, Object.keys(params).length, Object.keys(tags).length);
  metrics.forEach(checkMetricPoint);
  for (const [key, value] of Object.entries(params)) {
    checkKey('parameter', key);
    checkText(`parameter "${key}"`, value, LIMITS.paramValueLength);
  }
  checkTags(tags, LIMITS.runTagValueLength);
}

function checkBatchSize(metrics: number, params: number, tags: number): void {
  const sizes: readonly (readonly [string, number, number])[] = [
    ['metrics', metrics, LIMITS.metricsPerBatch],
    ['parameters', params, LIMITS.paramsPerBatch],
    ['tags', tags, LIMITS.tagsPerBatch],
    ['entries', metrics + params + tags, LIMITS.entriesPerBatch],
  ];
  for (const [what, size, limit] of sizes) {
    if (size <= limit) continue;
    throw new ValueInvalidError(
      'batch',
      `holds ${size} ${what} where ${limit} are allowed. Log it in several.`,
    );
  }
}
