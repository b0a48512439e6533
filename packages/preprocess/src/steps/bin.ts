import { learnOrder } from '../learning/learn-order.ts';
import { numbersIn } from '../cells.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { findEdges } from '../find-edges.ts';
import {
  checkFields,
  field,
  itemsOf,
  optionalField,
  problemAt,
  readChoice,
  readNumber,
  readWholeNumber,
} from '../json-node.ts';
import { type ColumnKernel, mapColumns } from '../map-columns.ts';
import { readEntries } from '../read-entries.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';

const strategies = ['quantile', 'uniform'] as const;
const outputs = ['ordinal', 'one_hot'] as const;

/**
 * Cut the range of a column into bins. Values beyond the training rows' belong to the first and the
 * last bin; missing cells stay missing, or are in no bin.
 *
 * @see scikit-learn KBinsDiscretizer. It may learn from a sample of the rows; this never does.
 */
export interface BinSpec {
  readonly kind: 'bin';
  readonly columns: ColumnSelector;
  /** At least 2; default 5. Quantiles that coincide make fewer. */
  readonly bins?: number;
  /** Bins of (nearly) as many training rows each (default), or of equal width. */
  readonly strategy?: 'quantile' | 'uniform';
  /** The bin's place 0, 1, 2, ... (default), or a 0/1 column `column=bin_0` per bin. */
  readonly output?: 'ordinal' | 'one_hot';
}

/** Where one bin ends and the next begins, ascending; a value on an edge is in the upper bin. */
export interface FittedBin {
  readonly kind: 'bin';
  readonly output: 'ordinal' | 'one_hot';
  readonly columns: readonly { readonly column: string; readonly edges: readonly number[] }[];
}

/** How a bin step is read and fitted. */
export const binSpec: SpecDefinition<BinSpec, FittedBin> = {
  accepts: 'numbers',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'bins', 'strategy', 'output']);
    const bins = optionalField(node, 'bins');
    const strategy = optionalField(node, 'strategy');
    const output = optionalField(node, 'output');
    return {
      kind: 'bin',
      columns: parseSelector(field(node, 'columns')),
      ...(bins && { bins: readWholeNumber(bins, 2) }),
      ...(strategy && { strategy: readChoice(strategy, strategies) }),
      ...(output && { output: readChoice(output, outputs) }),
    };
  },
  needs: () => 'rows',
  makes: ({ output }) => [output === 'one_hot' ? 'boolean' : 'integer'],
  learn: (spec, columns, rows) =>
    learnOrder(columns, rows, (learnt) => {
      const fitted = learnt.map(({ column, learnt: order }) => ({
        column: column.name,
        edges: findEdges(order.sorted(), spec.bins ?? 5, spec.strategy ?? 'quantile'),
      }));
      return { steps: [{ kind: 'bin', output: spec.output ?? 'ordinal', columns: fitted }] };
    }),
};

/** How a fitted bin step is read and applied. */
export const binStep: StepDefinition<FittedBin> = {
  parse(node) {
    checkFields(node, ['kind', 'output', 'columns']);
    const columns = readEntries(node, ['edges'], (item) => {
      const edges = itemsOf(field(item, 'edges')).map(readNumber);
      if (edges.some((edge, i) => i > 0 && edge <= edges[i - 1]!)) {
        throw problemAt(field(item, 'edges'), 'the edges must ascend.');
      }
      return { edges };
    });
    return { kind: 'bin', output: readChoice(field(node, 'output'), outputs), columns };
  },
  reads: (step) => step.columns.map(({ column }) => column),
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'numbers',
      layout,
      entries: step.columns,
      kernelOf: ({ column, edges }) =>
        step.output === 'ordinal'
          ? ordinalKernel(column, Float64Array.from(edges))
          : oneHotKernel(column, Float64Array.from(edges)),
    }),
};

/** The names of a column's bins, one more than there are edges. */
export function binNames(column: string, edgeCount: number): string[] {
  return Array.from({ length: edgeCount + 1 }, (_, bin) => `${column}=bin_${bin}`);
}

function ordinalKernel(name: string, edges: Float64Array): ColumnKernel {
  return {
    outputs: [{ name, kind: 'integer' }],
    run(cells) {
      const values = numbersIn(cells);
      const results = new Float64Array(values.length);
      for (let row = 0; row < values.length; row++) results[row] = binOf(values[row]!, edges);
      return [results];
    },
  };
}

function oneHotKernel(name: string, edges: Float64Array): ColumnKernel {
  const names = binNames(name, edges.length);
  return {
    outputs: names.map((output) => ({ name: output, kind: 'boolean' })),
    run(cells, rowCount) {
      const values = numbersIn(cells);
      const columns = names.map(() => new Float64Array(rowCount));
      for (let row = 0; row < rowCount; row++) {
        const bin = binOf(values[row]!, edges);
        if (bin >= 0) columns[bin]![row] = 1;
      }
      return columns;
    },
  };
}

/** The number of edges that are not above the value; NaN for a missing one. */
function binOf(value: number, edges: Float64Array): number {
  if (Number.isNaN(value)) return NaN;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
