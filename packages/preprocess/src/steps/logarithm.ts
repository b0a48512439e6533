import { numbersIn } from '../cells.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { ValueOutOfRangeError } from '../errors.ts';
import { checkFields, field, readNames } from '../json-node.ts';
import { learnNothing } from '../learning/learn-columns.ts';
import { mapColumns, numberKernel } from '../map-columns.ts';
import type { FrameColumn, SpecDefinition, StepDefinition } from '../step-definition.ts';

interface LogarithmSpec<Kind extends 'log' | 'log1p'> {
  readonly kind: Kind;
  readonly columns: ColumnSelector;
}

interface FittedLogarithm<Kind extends 'log' | 'log1p'> {
  readonly kind: Kind;
  readonly columns: readonly string[];
}

/** A logarithm, and where it begins to be defined. */
interface Logarithm<Kind extends 'log' | 'log1p'> {
  readonly kind: Kind;
  readonly of: (value: number) => number;
  /** A value has a logarithm when it is greater than this. */
  readonly above: number;
}

/**
 * How a step that takes logarithms is read and fitted: a training value without a logarithm is an
 * error.
 */
export function logarithmSpec<Kind extends 'log' | 'log1p'>({
  kind,
  above,
}: Logarithm<Kind>): SpecDefinition<LogarithmSpec<Kind>, FittedLogarithm<Kind>> {
  const checkCells = (columns: readonly FrameColumn[]): void => {
    for (const { name, cells } of columns) {
      numbersIn(cells).forEach((value, row) => {
        if (value > above || Number.isNaN(value)) return;
        throw new ValueOutOfRangeError({ column: name, row, value }, `above ${above}`);
      });
    }
  };
  return {
    accepts: 'numbers',
    parse(node) {
      checkFields(node, ['kind', 'columns']);
      return { kind, columns: parseSelector(field(node, 'columns')) };
    },
    needs: () => 'nothing',
    makes: () => ['numeric'],
    learn: (_spec, columns) =>
      learnNothing({ steps: [{ kind, columns: columns.map(({ name }) => name) }] }, checkCells),
  };
}

/** How a fitted step that takes logarithms is read and applied: without one, a cell is missing. */
export function logarithmStep<Kind extends 'log' | 'log1p'>(
  logarithm: Logarithm<Kind>,
): StepDefinition<FittedLogarithm<Kind>> {
  const { kind, above } = logarithm;
  return {
    parse(node) {
      checkFields(node, ['kind', 'columns']);
      return { kind, columns: readNames(field(node, 'columns')) };
    },
    reads: (step) => step.columns,
    compile: (step, layout) =>
      mapColumns({
        step: step.kind,
        accepts: 'numbers',
        layout,
        entries: step.columns.map((column) => ({ column })),
        kernelOf: ({ column }) =>
          numberKernel(column, (value) => (value <= above ? NaN : logarithm.of(value))),
      }),
  };
}
