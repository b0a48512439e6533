import type { CellValue, ColumnSpec, Random } from '@gnu-mlops/core';

/** How one kind of sample table is made. */
export interface SampleKind {
  /** The column that a model is to predict. */
  readonly target: string;
  readonly columns: readonly Pick<ColumnSpec, 'name' | 'type'>[];
  /** Draw the cells of row `row` (from 0), in the order of the columns; null = missing. */
  readonly drawRow: (random: Random, row: number) => CellValue[];
}
