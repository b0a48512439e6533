import { type Column, countMissing } from '@gnu-mlops/core';
import { cellsOf } from './cells.ts';
import type { CategoryProfile, ColumnProfile, NumberProfile } from './column-profile.ts';
import { compareCodePoints } from './compare-code-points.ts';
import { countBins } from './count-bins.ts';
import { countCategories } from './count-categories.ts';
import { measureMoments } from './measure-moments.ts';
import { quantileOfSorted, sortPresent } from './quantile-of-sorted.ts';

const shares = [0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.99];
const topCount = 100;

/** Of values that never repeat a few will do: they say nothing, and may be names of people. */
const exampleCount = 10;

/** Describe one column. A figure that infinite cells make infinite is null. */
export function profileColumn(name: string, column: Column): ColumnProfile {
  switch (column.kind) {
    case 'boolean':
    case 'categorical':
    case 'text':
      return profileCategories(name, column.kind, column);
    default:
      return profileNumbers(name, column.kind, column.values);
  }
}

function profileNumbers(
  name: string,
  kind: NumberProfile['kind'],
  values: Float64Array,
): NumberProfile {
  const sorted = sortPresent(values);
  const { count, mean, variance } = measureMoments(values);
  let distinctCount = 0;
  for (let i = 0; i < count; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinctCount++;
  return {
    name,
    kind,
    missingCount: values.length - count,
    distinctCount,
    minimum: finiteOrNull(sorted[0]),
    maximum: finiteOrNull(sorted[count - 1]),
    mean: finiteOrNull(mean),
    standardDeviation: finiteOrNull(Math.sqrt((variance * count) / (count - 1))),
    quantiles: shares.flatMap((share) => {
      const value = finiteOrNull(quantileOfSorted(sorted, share));
      return value === null ? [] : [{ share, value }];
    }),
    histogram: countBins(sorted),
  };
}

function profileCategories(
  name: string,
  kind: CategoryProfile['kind'],
  column: Column,
): CategoryProfile {
  const { counts } = countCategories(cellsOf(column));
  const named = Array.from(counts, ([category, count]) => ({
    category: typeof category === 'number' ? String(category === 1) : category,
    count,
  }));
  named.sort((a, b) => b.count - a.count || compareCodePoints(a.category, b.category));
  return {
    name,
    kind,
    missingCount: countMissing(column),
    distinctCount: counts.size,
    topCategories: named.slice(0, named[0]?.count === 1 ? exampleCount : topCount),
  };
}

/** JSON knows no NaN and no infinity. */
function finiteOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
