import type { TableProfile } from '../profile-table.ts';
import type { ColumnProfile } from '../column-profile.ts';
import { boundsInWords } from './bound.ts';
import type { DataCheck, RangeCheck } from './data-check.ts';

/** A column with more different values than this is not held to those it has. */
const mostAllowedValues = 30;

/**
 * Propose checks by what a table holds, for a person to edit: kinds and missing columns fail, and
 * whatever lies outside of what was seen warns.
 *
 * - at least half as many rows;
 * - every column's kind where it has a value, and no missing cells where there were none, else at most a few more than
 *   there were (three standard errors);
 * - the range of numbers and times, and the values of columns with at most 30 of them, or 10 where
 *   none stands twice;
 * - no repeats in a text column that has none over at least 50 rows.
 */
export function inferDataChecks({ rowCount, columns }: TableProfile): DataCheck[] {
  const rows = { check: 'row_count', min: Math.ceil(rowCount / 2), severity: 'warn' } as const;
  return [rows, ...columns.flatMap((column) => checksOf(column, rowCount))];
}

function checksOf(profile: ColumnProfile, rowCount: number): DataCheck[] {
  const { name: column, kind, missingCount } = profile;
  const present = rowCount - missingCount;
  const checks: DataCheck[] = [
    // Without a value it is of no kind that anybody meant.
    ...(present === 0 ? [] : [{ check: 'kind', column, kind, severity: 'fail' } as const]),
    { check: 'null_share', column, max: nullShareBound(missingCount, rowCount), severity: 'warn' },
  ];
  if ('topCategories' in profile) {
    const { topCategories, distinctCount } = profile;
    if (kind === 'text' && distinctCount === present && present >= 50) {
      checks.push({ check: 'unique', column, severity: 'warn' });
    } else if (distinctCount > 0 && distinctCount <= mostAllowedValues) {
      // Of values that never repeat a profile names a few only: the others are no less allowed.
      if (topCategories.length < distinctCount) return checks;
      const values = topCategories.map(({ category }) => category);
      checks.push({ check: 'allowed_values', column, values, severity: 'warn' });
    }
  } else if (profile.minimum !== null && profile.maximum !== null) {
    const { minimum: min, maximum: max } = profile;
    const range: RangeCheck = { check: 'range', column, min, max, severity: 'warn' };
    checks.push(kind === 'timestamp' ? boundsInWords(range) : range);
  }
  return checks;
}

/** Rounded up to a thousandth, so that a person can read it. */
function nullShareBound(missingCount: number, rowCount: number): number {
  if (missingCount === 0 || rowCount === 0) return 0;
  const share = missingCount / rowCount;
  const bound = share + 3 * Math.sqrt((share * (1 - share)) / rowCount);
  return Math.min(1, Math.ceil(bound * 1000) / 1000);
}
