import type { ColumnKind } from '@gnu-mlops/core';
import { learnColumns } from '../learning/learn-columns.ts';
import { collectFill } from './collect-fill.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import type { Category } from '../count-categories.ts';
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
import { checkCategoryType } from '../read-categories.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';
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
  needs: () => 'rows',
  makes: (spec, { kind }) => [
    ...kindsAfter(spec, kind),
    ...(spec.indicator ? (['boolean'] as const) : []),
  ],
  learn: (spec, columns, rows) =>
    learnColumns({
      columns,
      collect: (column) => collectFill(spec, column, rows),
      finish(learnt, rowCount) {
        const empty = learnt.filter(({ learnt: { missing } }) => missing === rowCount);
        const filled = learnt.filter(({ learnt: { missing } }) => missing < rowCount);
        const names = empty.map(({ column }) => column.name);
        return {
          steps: [
            { kind: 'drop', columns: names },
            {
              kind: 'impute',
              columns: filled.map(({ column, learnt: { missing, fill } }) => ({
                column: column.name,
                fill: fill(),
                indicator: spec.indicator === true && missing > 0,
              })),
            },
          ],
          dropped: names.map((column) => ({ column, reason: 'no value in the training rows' })),
        };
      },
    }),
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

/** Booleans and whole numbers may become real numbers, and nothing else changes its kind. */
function kindsAfter({ strategy }: ImputeSpec, kind: ColumnKind): readonly ColumnKind[] {
  const isWhole = kind === 'boolean' || kind === 'integer';
  const isFromCells = strategy === 'most_frequent' || strategy === 'mode';
  return isWhole && !(isFromCells && kind === 'boolean') ? [kind, 'numeric'] : [kind];
}

function readFill(node: JsonNode): Category {
  return typeof node.value === 'string' ? readText(node) : readNumber(node);
}
