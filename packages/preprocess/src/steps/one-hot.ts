import { type LearntColumn, learnColumns } from '../learning/learn-columns.ts';
import { collectCategories } from '../learning/collect-categories.ts';
import { createCategoryCoder } from '../category-coder.ts';
import { checkCategories } from '../check-finite.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { type Category, type CategoryCounts, compareCategories } from '../count-categories.ts';
import { groupRare } from '../group-rare.ts';
import {
  checkFields,
  field,
  itemsOf,
  optionalField,
  readChoice,
  readText,
  readWholeNumber,
} from '../json-node.ts';
import { type ColumnKernel, mapColumns } from '../map-columns.ts';
import { checkCategoryType, checkDisjoint, readCategories } from '../read-categories.ts';
import type { LayoutColumn, SpecDefinition, StepDefinition } from '../step-definition.ts';
import { oneHotNames } from './one-hot-names.ts';

/** What a category gets that the training rows did not have. */
type UnknownPolicy = 'error' | 'ignore' | 'other';

/**
 * One 0/1 column per category, in category order (numbers ascending, texts by code point), then one
 * for missing cells, then one for the rare categories together. They are named `column=category`,
 * `column=(missing)` and `column=(other)`. None is left out, so the columns of one cell sum to 1.
 *
 * @see scikit-learn OneHotEncoder: the same defaults and the same columns in the same order.
 */
export interface OneHotSpec {
  readonly kind: 'one_hot';
  readonly columns: ColumnSelector;
  /**
   * A category that the training rows did not have: `error` (default) refuses it, `ignore` makes all
   * columns 0, `other` counts it as rare (and is `ignore` where no category was rare).
   */
  readonly unknown?: UnknownPolicy;
  /**
   * A missing cell: `category` (default) counts it as one more category when a training row has one,
   * which may be rare as any other, and else as an unknown one; `zeros` makes all columns 0.
   */
  readonly missing?: 'category' | 'zeros';
  /** At least 1: the most columns that one becomes; the rarest categories share `(other)`. */
  readonly maxCategories?: number;
  /** At least 1: a category in fewer training rows than this is rare. */
  readonly minRows?: number;
}

/** The categories of each column. */
export interface FittedOneHot {
  readonly kind: 'one_hot';
  readonly unknown: UnknownPolicy;
  readonly columns: readonly OneHotColumn[];
}

interface OneHotColumn {
  readonly column: string;
  /** Those with a column of their own, in column order. */
  readonly categories: readonly Category[];
  /** Those that share the `(other)` column, which is there for them or for rare missing cells. */
  readonly rare: readonly Category[];
  readonly missing: 'own_column' | 'rare' | 'zeros' | 'unknown';
}

const unknownPolicies: readonly UnknownPolicy[] = ['error', 'ignore', 'other'];
const fields = ['kind', 'columns', 'unknown', 'missing', 'maxCategories', 'minRows'];

/** How a one_hot step is read and fitted. */
export const oneHotSpec: SpecDefinition<OneHotSpec, FittedOneHot> = {
  accepts: 'any',
  parse(node) {
    checkFields(node, fields);
    const unknown = optionalField(node, 'unknown');
    const missing = optionalField(node, 'missing');
    const maxCategories = optionalField(node, 'maxCategories');
    const minRows = optionalField(node, 'minRows');
    return {
      kind: 'one_hot',
      columns: parseSelector(field(node, 'columns')),
      ...(unknown && { unknown: readChoice(unknown, unknownPolicies) }),
      ...(missing && { missing: readChoice(missing, ['category', 'zeros']) }),
      ...(maxCategories && { maxCategories: readWholeNumber(maxCategories, 1) }),
      ...(minRows && { minRows: readWholeNumber(minRows, 1) }),
    };
  },
  needs: () => 'rows',
  makes: () => ['boolean'],
  learn: (spec, columns, { mostCategories }) =>
    learnColumns({
      columns,
      collect: ({ name }) => collectCategories(name, mostCategories),
      check: checkCategories,
      finish: (learnt) => ({
        steps: [
          {
            kind: 'one_hot',
            unknown: spec.unknown ?? 'error',
            columns: learnt.map((column) => fitColumn(spec, column)),
          },
        ],
      }),
    }),
};

/** How a fitted one_hot step is read and applied. */
export const oneHotStep: StepDefinition<FittedOneHot> = {
  parse(node) {
    checkFields(node, ['kind', 'unknown', 'columns']);
    const columns = itemsOf(field(node, 'columns')).map((item): OneHotColumn => {
      checkFields(item, ['column', 'categories', 'rare', 'missing']);
      const categories = readCategories(field(item, 'categories'));
      const rare = readCategories(field(item, 'rare'));
      checkDisjoint(item, [categories, rare]);
      return {
        column: readText(field(item, 'column')),
        categories,
        rare,
        missing: readChoice(field(item, 'missing'), ['own_column', 'rare', 'zeros', 'unknown']),
      };
    });
    return {
      kind: 'one_hot',
      unknown: readChoice(field(node, 'unknown'), unknownPolicies),
      columns,
    };
  },
  reads: (step) => step.columns.map(({ column }) => column),
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'any',
      layout,
      entries: step.columns,
      kernelOf: (entry, column) => oneHotKernel(entry, column, step.unknown),
    }),
};

function fitColumn(
  spec: OneHotSpec,
  { column: { name }, learnt: { counts, missing } }: LearntColumn<CategoryCounts>,
): OneHotColumn {
  const categories = [...counts.keys()].sort(compareCategories);
  const rows = categories.map((category) => counts.get(category)!);
  const isMissingCounted = missing > 0 && spec.missing !== 'zeros';
  const isRare = groupRare(isMissingCounted ? [...rows, missing] : rows, spec);
  const whenMissing = isRare[categories.length] ? 'rare' : 'own_column';
  const whenNotCounted = spec.missing === 'zeros' ? 'zeros' : 'unknown';
  return {
    column: name,
    categories: categories.filter((_, i) => !isRare[i]),
    rare: categories.filter((_, i) => isRare[i]),
    missing: isMissingCounted ? whenMissing : whenNotCounted,
  };
}

function oneHotKernel(
  entry: OneHotColumn,
  column: LayoutColumn,
  unknownPolicy: UnknownPolicy,
): ColumnKernel {
  const { categories, rare, missing } = entry;
  checkCategoryType('one_hot', column, categories);
  checkCategoryType('one_hot', column, rare);
  const hasMissing = missing === 'own_column';
  const hasOther = rare.length > 0 || missing === 'rare';
  const outputs = oneHotNames(column, categories, { hasMissing, hasOther }).map(
    (name) => ({ name, kind: 'boolean' }) as const,
  );
  const zeros = -1;
  const other = outputs.length - 1;
  const codeOf = new Map(categories.map((category, i) => [category, i]));
  for (const category of rare) codeOf.set(category, other);
  const whenOther = hasOther ? other : zeros;
  const unknown = { error: 'error', ignore: zeros, other: whenOther }[unknownPolicy] as
    number | 'error';
  const missingCode = { own_column: categories.length, rare: other, zeros, unknown }[missing];
  const code = createCategoryCoder({ column: column.name, codeOf, missing: missingCode, unknown });

  return {
    outputs,
    run(cells, rowCount) {
      const columns = outputs.map(() => new Float64Array(rowCount));
      const codes = code(cells);
      for (let row = 0; row < rowCount; row++) {
        const at = codes[row]!;
        if (at >= 0) columns[at]![row] = 1;
      }
      return columns;
    },
  };
}
