import type { Cells } from '../cells.ts';
import type { LayoutColumn, StepFit } from '../step-definition.ts';
import type { Learner } from './learner.ts';

/** A statistic of one column, gathered from chunk to chunk. */
export interface Accumulator<Statistic> {
  add(cells: Cells): void;
  finish(): Statistic;
}

/** One column and what was gathered of it. */
export interface LearntColumn<Statistic> {
  readonly column: LayoutColumn;
  readonly learnt: Statistic;
}

/** How a step learns from each of its columns alone. */
export interface ColumnLearning<Statistic, Fitted> {
  readonly columns: readonly LayoutColumn[];
  collect(column: LayoutColumn): Accumulator<Statistic>;
  /** Refuse cells that the step cannot learn from. */
  check?(column: LayoutColumn, cells: Cells): void;
  finish(columns: readonly LearntColumn<Statistic>[], rowCount: number): StepFit<Fitted>;
}

/** A learner of columns that are learnt from one by one. */
export function learnColumns<Statistic, Fitted>(
  learning: ColumnLearning<Statistic, Fitted>,
): Learner<Fitted> {
  const accumulators = learning.columns.map((column) => learning.collect(column));
  return {
    add(columns) {
      columns.forEach((column, i) => {
        learning.check?.(column, column.cells);
        accumulators[i]!.add(column.cells);
      });
    },
    finish: (rowCount) =>
      learning.finish(
        learning.columns.map((column, i) => ({ column, learnt: accumulators[i]!.finish() })),
        rowCount,
      ),
  };
}

/** A learner of a step that learns nothing, and may refuse cells. */
export function learnNothing<Fitted>(
  fit: StepFit<Fitted>,
  check?: Learner<Fitted>['add'],
): Learner<Fitted> {
  return { add: check ?? (() => undefined), finish: () => fit };
}
