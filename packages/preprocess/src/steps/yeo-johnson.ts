import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { fitPower, powerOf } from '../fit-power.ts';
import {
  checkFields,
  field,
  optionalField,
  problemAt,
  readFlag,
  readNumber,
} from '../json-node.ts';
import type { OrderStatistics } from '../learning/collect-order.ts';
import { learnOrder } from '../learning/learn-order.ts';
import { mapColumns, numberKernel } from '../map-columns.ts';
import { isConstant, measureMoments } from '../measure-moments.ts';
import { readEntries } from '../read-entries.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';

/**
 * Bend each column by the power under which its training values look most like a normal
 * distribution, then centre and scale it. Values may be negative; missing cells stay missing; a
 * constant column is not bent.
 *
 * @see scikit-learn PowerTransformer. Its search stops some 1e-8 beside the exponent that is most
 *   likely, and ours goes on: results agree to 1e-6. Where the most likely exponent would press
 *   values together until doubles cannot tell them apart, ours is held before that.
 */
export interface YeoJohnsonSpec {
  readonly kind: 'yeo_johnson';
  readonly columns: ColumnSelector;
  /** Whether to end with mean 0 and variance 1 over the training rows; default true. */
  readonly standardize?: boolean;
}

/** Each column as `(transformed - mean) / scale`. */
export interface FittedYeoJohnson {
  readonly kind: 'yeo_johnson';
  readonly columns: readonly PowerColumn[];
}

interface PowerColumn {
  readonly column: string;
  /** The exponent for values from 0 on; below, it is 2 less this. */
  readonly lambda: number;
  readonly mean: number;
  readonly scale: number;
}

/** How a yeo_johnson step is read and fitted. */
export const yeoJohnsonSpec: SpecDefinition<YeoJohnsonSpec, FittedYeoJohnson> = {
  accepts: 'numbers',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'standardize']);
    const standardize = optionalField(node, 'standardize');
    return {
      kind: 'yeo_johnson',
      columns: parseSelector(field(node, 'columns')),
      ...(standardize && { standardize: readFlag(standardize) }),
    };
  },
  needs: () => 'rows',
  makes: () => ['numeric'],
  learn: (spec, columns, rows) =>
    learnOrder(columns, rows, (learnt) => {
      const fitted = learnt.map(({ column: { name }, learnt: order }) =>
        fitColumn(spec, name, order),
      );
      return { steps: fitted.length === 0 ? [] : [{ kind: 'yeo_johnson', columns: fitted }] };
    }),
};

/** How a fitted yeo_johnson step is read and applied. */
export const yeoJohnsonStep: StepDefinition<FittedYeoJohnson> = {
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    const columns = readEntries(node, ['lambda', 'mean', 'scale'], (item) => {
      const scale = readNumber(field(item, 'scale'));
      if (scale <= 0) throw problemAt(field(item, 'scale'), 'it must be above 0.');
      const lambda = readNumber(field(item, 'lambda'));
      return { lambda, mean: readNumber(field(item, 'mean')), scale };
    });
    return { kind: 'yeo_johnson', columns };
  },
  reads: (step) => step.columns.map(({ column }) => column),
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'numbers',
      layout,
      entries: step.columns,
      kernelOf: ({ column, lambda, mean, scale }) =>
        numberKernel(column, (value) => (powerOf(value, lambda) - mean) / scale),
    }),
};

function fitColumn(spec: YeoJohnsonSpec, column: string, order: OrderStatistics): PowerColumn {
  const values = order.spread();
  if (values.length === 0) return { column, lambda: 1, mean: 0, scale: 1 };
  const lambda = isConstant(measureMoments(values)) ? 1 : fitPower(values);
  if (spec.standardize === false) return { column, lambda, mean: 0, scale: 1 };
  const moments = measureMoments(values.map((value) => powerOf(value, lambda)));
  const scale = isConstant(moments) ? 1 : Math.sqrt(moments.variance);
  return { column, lambda, mean: moments.mean, scale };
}
