import type { FeatureMatrix } from '@gnu-mlops/preprocess';

/** The mean of every feature over its present values; NaN where it has none. */
export function featureMeans({ columns }: FeatureMatrix): Float64Array {
  return Float64Array.from(columns, (column) => {
    let sum = 0;
    let count = 0;
    for (const value of column) {
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    return sum / count;
  });
}
