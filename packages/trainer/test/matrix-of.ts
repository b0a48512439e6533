import type { FeatureMatrix } from '@gnu-mlops/preprocess';

/** A matrix of numeric features a, b, c, ... from columns; null = missing. */
export function matrixOf(columns: readonly ArrayLike<number | null>[]): FeatureMatrix {
  return {
    rowCount: columns[0]?.length ?? 0,
    features: columns.map((_, i) => ({
      name: String.fromCharCode('a'.charCodeAt(0) + i),
      kind: 'numeric',
    })),
    columns: columns.map((column) => Float64Array.from(column, (value) => value ?? NaN)),
  };
}
