import { learnNothing } from '../learning/learn-columns.ts';
import { numbersIn } from '../cells.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { ValueOutOfRangeError } from '../errors.ts';
import { checkFields, field, readNames } from '../json-node.ts';
import { mapColumns, numberKernel } from '../map-columns.ts';
import type { FrameColumn, SpecDefinition, StepDefinition } from '../step-definition.ts';

/**
 * The natural logarithm, for amounts above 0 whose ratios matter. Missing cells stay missing. A
 * training value of 0 or less is an error; a later one becomes missing.
 *
 * @see numpy.log
 */
export interface LogSpec {
  readonly kind: 'log';
  readonly columns: ColumnSelector;
}

/** The columns whose logarithm is taken. */
export interface FittedLog {
  readonly kind: 'log';
  readonly columns: readonly string[];
}

/** How a log step is read and fitted. */
export const logSpec: SpecDefinition<LogSpec, FittedLog> = {
  accepts: 'numbers',
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    return { kind: 'log', columns: parseSelector(field(node, 'columns')) };
  },
  needs: () => 'nothing',
  makes: () => ['numeric'],
  learn: (_spec, columns) =>
    learnNothing(
      { steps: [{ kind: 'log', columns: columns.map(({ name }) => name) }] },
      checkCells,
    ),
};

/** How a fitted log step is read and applied. */
export const logStep: StepDefinition<FittedLog> = {
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    return { kind: 'log', columns: readNames(field(node, 'columns')) };
  },
  reads: (step) => step.columns,
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'numbers',
      layout,
      entries: step.columns.map((column) => ({ column })),
      kernelOf: ({ column }) =>
        numberKernel(column, (value) => (value <= 0 ? NaN : Math.log(value))),
    }),
};

function checkCells(columns: readonly FrameColumn[]): void {
  for (const { name, cells } of columns) {
    numbersIn(cells).forEach((value, row) => {
      if (value <= 0) throw new ValueOutOfRangeError({ column: name, row, value }, 'above 0');
    });
  }
}
