import type { Table } from '@gnu-mlops/core';
import { type Cells, cellsOf } from './cells.ts';
import { compileStep } from './compile-steps.ts';
import type { FittedStep } from './fitted-step.ts';
import type { Frame } from './step-definition.ts';

/** The raw columns of the training rows, before the first step. */
export function openFrame(table: Table, target: Frame['target']): Frame {
  const columns = Array.from(table.columns, ([name, column]) => ({
    name,
    kind: column.kind,
    cells: cellsOf(column),
  }));
  return { rowCount: table.rowCount, columns, target };
}

/**
 * The training rows after a step.
 *
 * @param trainingCells outputs of the step whose training cells are others than it makes.
 */
export function advanceFrame(
  frame: Frame,
  step: FittedStep,
  trainingCells?: ReadonlyMap<string, Cells>,
): Frame {
  const compiled = compileStep(step, frame.columns);
  const cells = compiled.run(
    frame.columns.map((column) => column.cells),
    frame.rowCount,
  );
  const columns = compiled.layout.map((column, i) => ({
    ...column,
    cells: trainingCells?.get(column.name) ?? cells[i]!,
  }));
  return { ...frame, columns };
}
