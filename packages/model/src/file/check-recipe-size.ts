import { ModelFileCorruptError } from '../errors.ts';
import type { Place } from './place.ts';

/** Steps x values: each step goes over every column that there is, and values bound the columns. */
const MAX_STEP_WORK = 4_000_000;

/** Values x length of the longest text: one-hot columns repeat the name of their column. */
const MAX_NAME_WORK = 500_000_000;

/**
 * Refuse a recipe that is small as text and huge once it is prepared. The bounds are a thousand
 * times what recipes need; within them, preparing takes seconds and megabytes at most.
 *
 * @param recipe JSON of unknown origin, of bounded depth; its shape is not looked at here.
 * @throws {ModelFileCorruptError}
 */
export function checkRecipeSize({ where, value }: Place): void {
  const steps = (value as { steps?: unknown } | null)?.steps;
  const stepCount = Array.isArray(steps) ? steps.length : 0;
  const { values, longestText } = measure(value);
  if (stepCount * values > MAX_STEP_WORK || values * longestText > MAX_NAME_WORK) {
    throw new ModelFileCorruptError(
      where,
      `has ${stepCount} steps, ${values} values and texts of up to ${longestText} characters: more than a recipe can have`,
    );
  }
}

function measure(json: unknown): { values: number; longestText: number } {
  if (typeof json === 'string') return { values: 1, longestText: json.length };
  if (typeof json !== 'object' || json === null) return { values: 1, longestText: 0 };
  let values = 1;
  let longestText = 0;
  for (const item of Object.values(json)) {
    const inner = measure(item);
    values += inner.values;
    longestText = Math.max(longestText, inner.longestText);
  }
  return { values, longestText };
}
