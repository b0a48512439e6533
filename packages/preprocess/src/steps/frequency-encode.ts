import { type LearntColumn, learnColumns } from '../learning/learn-columns.ts';
import { collectCategories } from '../learning/collect-categories.ts';
import { createCategoryCoder } from '../category-coder.ts';
import { checkCategories } from '../check-finite.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { type Category, type CategoryCounts, compareCategories } from '../count-categories.ts';
import { type JsonNode, checkFields, field, itemsOf, problemAt, readNumber } from '../json-node.ts';
import { mapColumns } from '../map-columns.ts';
import { checkCategoryType, readCategories } from '../read-categories.ts';
import { readEntries } from '../read-entries.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';

/**
 * One number per category: its share of the training rows, in [0, 1]. Missing cells are a category
 * of their own; a category that the training rows did not have gets 0.
 */
export interface FrequencyEncodeSpec {
  readonly kind: 'frequency_encode';
  readonly columns: ColumnSelector;
}

/** The share of each category of each column. */
export interface FittedFrequencyEncode {
  readonly kind: 'frequency_encode';
  readonly columns: readonly FrequencyColumn[];
}

interface FrequencyColumn {
  readonly column: string;
  readonly categories: readonly Category[];
  /** In [0, 1], one a category. */
  readonly shares: readonly number[];
  /** The share of missing cells. */
  readonly missing: number;
}

/** How a frequency_encode step is read and fitted. */
export const frequencyEncodeSpec: SpecDefinition<FrequencyEncodeSpec, FittedFrequencyEncode> = {
  accepts: 'any',
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    return { kind: 'frequency_encode', columns: parseSelector(field(node, 'columns')) };
  },
  needs: () => 'rows',
  makes: () => ['numeric'],
  learn: (_spec, columns, { mostCategories }) =>
    learnColumns({
      columns,
      collect: ({ name }) => collectCategories(name, mostCategories),
      check: checkCategories,
      finish: (learnt, rowCount) => ({
        steps: [
          {
            kind: 'frequency_encode',
            columns: learnt.map((column) => fitColumn(column, rowCount)),
          },
        ],
      }),
    }),
};

/** How a fitted frequency_encode step is read and applied. */
export const frequencyEncodeStep: StepDefinition<FittedFrequencyEncode> = {
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    const columns = readEntries(node, ['categories', 'shares', 'missing'], (item) => {
      const categories = readCategories(field(item, 'categories'));
      const shares = itemsOf(field(item, 'shares')).map(readShare);
      if (shares.length !== categories.length) {
        throw problemAt(item, 'it needs as many shares as categories.');
      }
      return { categories, shares, missing: readShare(field(item, 'missing')) };
    });
    return { kind: 'frequency_encode', columns };
  },
  reads: (step) => step.columns.map(({ column }) => column),
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'any',
      layout,
      entries: step.columns,
      kernelOf({ column: name, categories, shares, missing }, column) {
        checkCategoryType(step.kind, column, categories);
        const valueOf = Float64Array.from([...shares, missing, 0]);
        const code = createCategoryCoder({
          column: name,
          codeOf: new Map(categories.map((category, i) => [category, i])),
          missing: categories.length,
          unknown: categories.length + 1,
        });
        return {
          outputs: [{ name, kind: 'numeric' }],
          run: (cells) => [Float64Array.from(code(cells), (at) => valueOf[at]!)],
        };
      },
    }),
};

function fitColumn(
  { column: { name }, learnt: { counts, missing } }: LearntColumn<CategoryCounts>,
  rowCount: number,
): FrequencyColumn {
  const categories = [...counts.keys()].sort(compareCategories);
  return {
    column: name,
    categories,
    shares: categories.map((category) => counts.get(category)! / rowCount),
    missing: missing / rowCount,
  };
}

function readShare(node: JsonNode): number {
  const share = readNumber(node);
  if (share < 0 || share > 1) throw problemAt(node, 'it must be between 0 and 1.');
  return share;
}
