import { learnNothing } from '../learning/learn-columns.ts';
import { numbersIn } from '../cells.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { ValueOutOfRangeError } from '../errors.ts';
import { checkFields, field, readNames } from '../json-node.ts';
import { mapColumns, numberKernel } from '../map-columns.ts';
import type { FrameColumn, SpecDefinition, StepDefinition } from '../step-definition.ts';

/**
 * The natural logarithm of 1 + value, for amounts and counts with a long tail. Missing cells stay
 * missing. A training value of -1 or less is an error; a later one becomes missing.
 *
 * @see numpy.log1p
 */
export interface Log1pSpec {
  readonly kind: 'log1p';
  readonly columns: ColumnSelector;
}

/** The columns whose logarithm is taken. */
export interface FittedLog1p {
  readonly kind: 'log1p';
  readonly columns: readonly string[];
}

/** How a log1p step is read and fitted. */
export const log1pSpec: SpecDefinition<Log1pSpec, FittedLog1p> = {
  accepts: 'numbers',
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    return { kind: 'log1p', columns: parseSelector(field(node, 'columns')) };
  },
  needs: () => 'nothing',
  makes: () => ['numeric'],
  learn: (_spec, columns) =>
    learnNothing(
      { steps: [{ kind: 'log1p', columns: columns.map(({ name }) => name) }] },
      checkCells,
    ),
};

/** How a fitted log1p step is read and applied. */
export const log1pStep: StepDefinition<FittedLog1p> = {
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    return { kind: 'log1p', columns: readNames(field(node, 'columns')) };
  },
  reads: (step) => step.columns,
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'numbers',
      layout,
      entries: step.columns.map((column) => ({ column })),
      kernelOf: ({ column }) =>
        numberKernel(column, (value) => (value <= -1 ? NaN : Math.log1p(value))),
    }),
};

function checkCells(columns: readonly FrameColumn[]): void {
  for (const { name, cells } of columns) {
    numbersIn(cells).forEach((value, row) => {
      if (value <= -1) throw new ValueOutOfRangeError({ column: name, row, value }, 'above -1');
    });
  }
}
