import { checkFinite } from '../check-finite.ts';
import { numbersIn } from '../cells.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { type Category, compareCategories, countCategories } from '../count-categories.ts';
import { StepColumnKindError } from '../errors.ts';
import {
  type JsonNode,
  checkFields,
  field,
  itemsOf,
  optionalField,
  problemAt,
  readChoice,
  readFlag,
  readNumber,
  readText,
} from '../json-node.ts';
import { mapColumns } from '../map-columns.ts';
import { medianOf } from '../median-of.ts';
import { measureMoments } from '../measure-moments.ts';
import { countMissingCells } from '../missing-cells.ts';
import { checkCategoryType } from '../read-categories.ts';
import type { FrameColumn, SpecDefinition, StepDefinition } from '../step-definition.ts';
import type { FittedDrop } from './drop.ts';
import { imputeKernel } from './impute-kernel.ts';

/**
 * Fill missing cells with what the training rows say: their mean, median or most frequent value (the
 * smallest of equals), or with a constant. Mean and median need numbers. A column without any value
 * in the training rows is dropped.
 *
 * @see scikit-learn SimpleImputer.
 */
export interface ImputeSpec {
  readonly kind: 'impute';
  readonly columns: ColumnSelector;
  /** `mode` is another word for `most_frequent`. */
  readonly strategy: 'mean' | 'median' | 'most_frequent' | 'mode' | 'constant';
  /** For `constant` only: a number for columns of numbers, a text for columns of texts. */
  readonly value?: Category;
  /**
   * Whether each column that misses cells in the training rows gets a 0/1 column `column=(missing)`
   * beside it; default false.
   */
  readonly indicator?: boolean;
}

/** What to fill each column with. */
export interface FittedImpute {
  readonly kind: 'impute';
  readonly columns: readonly {
    readonly column: string;
    readonly fill: Category;
    readonly indicator: boolean;
  }[];
}

const strategies = ['mean', 'median', 'most_frequent', 'mode', 'constant'] as const;

/** How an impute step is read and fitted. */
export const imputeSpec: SpecDefinition<ImputeSpec, FittedImpute | FittedDrop> = {
  accepts: 'any',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'strategy', 'value', 'indicator']);
    const strategy = readChoice(field(node, 'strategy'), strategies);
    const value = optionalField(node, 'value');
    const indicator = optionalField(node, 'indicator');
    if ((strategy === 'constant') !== (value !== undefined)) {
      throw problemAt(node, 'the strategy constant needs a value, and no other takes one.');
    }
    return {
      kind: 'impute',
      columns: parseSelector(field(node, 'columns')),
      strategy,
      ...(value && { value: readFill(value) }),
      ...(indicator && { indicator: readFlag(indicator) }),
    };
  },
  fit(spec, columns, frame) {
    const counted = columns.map((column) => ({ column, missing: countMissingCells(column.cells) }));
    const empty = counted.filter(({ missing }) => missing === frame.rowCount);
    const filled = counted.filter(({ missing }) => missing < frame.rowCount);
    const names = empty.map(({ column }) => column.name);
    return {
      steps: [
        { kind: 'drop', columns: names },
        {
          kind: 'impute',
          columns: filled.map(({ column, missing }) => ({
            column: column.name,
            fill: learnFill(spec, column),
            indicator: spec.indicator === true && missing > 0,
          })),
        },
      ],
      dropped: names.map((column) => ({ column, reason: 'no value in the training rows' })),
    };
  },
};

/** How a fitted impute step is read and applied. */
export const imputeStep: StepDefinition<FittedImpute> = {
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    const columns = itemsOf(field(node, 'columns')).map((item) => {
      checkFields(item, ['column', 'fill', 'indicator']);
      return {
        column: readText(field(item, 'column')),
        fill: readFill(field(item, 'fill')),
        indicator: readFlag(field(item, 'indicator')),
      };
    });
    return { kind: 'impute', columns };
  },
  reads: (step) => step.columns.map(({ column }) => column),
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'any',
      layout,
      entries: step.columns,
      kernelOf(entry, column) {
        checkCategoryType(step.kind, column, [entry.fill]);
        return imputeKernel(entry, column);
      },
    }),
};

function learnFill(spec: ImputeSpec, column: FrameColumn): Category {
  const { name, cells } = column;
  const isText = !(cells instanceof Float64Array);
  if (spec.strategy === 'constant') {
    const fill = spec.value!;
    if (isText === (typeof fill === 'string')) return fill;
    throw new StepColumnKindError('impute', column, `${typeof fill}s (its constant is one)`);
  }
  if (spec.strategy === 'most_frequent' || spec.strategy === 'mode') {
    if (!isText) checkFinite(name, cells);
    return mostFrequent(column);
  }
  if (isText) throw new StepColumnKindError('impute', column, `numbers (${spec.strategy})`);
  const values = numbersIn(cells);
  checkFinite(name, values);
  return spec.strategy === 'mean' ? measureMoments(values).mean : medianOf(values);
}

function mostFrequent({ cells }: FrameColumn): Category {
  let best: readonly [category: Category, count: number] | undefined;
  for (const [category, count] of countCategories(cells).counts) {
    const isBetter =
      best === undefined ||
      count > best[1] ||
      (count === best[1] && compareCategories(category, best[0]) < 0);
    if (isBetter) best = [category, count];
  }
  return best![0];
}

function readFill(node: JsonNode): Category {
  return typeof node.value === 'string' ? readText(node) : readNumber(node);
}
