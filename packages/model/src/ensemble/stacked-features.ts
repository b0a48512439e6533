import type { FeatureMatrix } from '@gnu-mlops/preprocess';

/** What one member of an ensemble said: rows x width, row-major, after its link. */
export interface MemberOutputs {
  readonly outputs: Float64Array;
  readonly width: number;
}

/** The columns of a member's outputs that tell it all: of two probabilities, the second. */
export function stackedColumns(width: number): number[] {
  return width === 2 ? [1] : Array.from({ length: width }, (_, column) => column);
}

/**
 * What the final estimator of a stack reads: the members' outputs, column by column.
 *
 * @param passedOn the features that stand behind them; absent: none do.
 */
export function stackedFeatures(
  members: readonly MemberOutputs[],
  rowCount: number,
  passedOn?: FeatureMatrix,
): FeatureMatrix {
  const columns = members.flatMap(({ outputs, width }) =>
    stackedColumns(width).map((column) => {
      const values = new Float64Array(rowCount);
      for (let row = 0; row < rowCount; row++) values[row] = outputs[row * width + column]!;
      return values;
    }),
  );
  const names = members.flatMap(({ width }, member) =>
    stackedColumns(width).map((column) => `member ${member}, output ${column}`),
  );
  return {
    rowCount,
    features: [
      ...names.map((name) => ({ name, kind: 'numeric' as const })),
      ...(passedOn?.features ?? []),
    ],
    columns: [...columns, ...(passedOn?.columns ?? [])],
  };
}
