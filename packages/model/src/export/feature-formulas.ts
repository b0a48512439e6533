import type { FittedStep, Recipe } from '@gnu-mlops/preprocess';
import { ExportUnsupportedError } from '../errors.ts';

/** Categories and the number that each becomes. */
export interface CategoryCodes {
  readonly categories: readonly (string | number)[];
  readonly codes: readonly number[];
  /** For a missing cell; null stays missing, `error` refuses it. */
  readonly missing: number | 'error' | null;
  /** For a category that is not listed. */
  readonly unknown: number | 'error' | null;
}

/** One thing to do to one cell. */
export type Operation =
  | { readonly kind: 'fill'; readonly value: string | number }
  | { readonly kind: 'is_missing' }
  /** An absent bound does not bind. */
  | { readonly kind: 'clip'; readonly minimum: number | null; readonly maximum: number | null }
  | { readonly kind: 'log1p' }
  | { readonly kind: 'standardize'; readonly mean: number; readonly scale: number }
  | { readonly kind: 'scale'; readonly scale: number; readonly offset: number }
  /** The code of the cell's category; `list` is an index into the lists. */
  | { readonly kind: 'code'; readonly list: number }
  /** 1 where the code is `code`, else 0. */
  | { readonly kind: 'is_code'; readonly list: number; readonly code: number };

/** How one feature comes from one raw column. */
export interface FeatureFormula {
  /** Index into the recipe's inputs. */
  readonly input: number;
  readonly operations: readonly Operation[];
}

/** A recipe turned inside out: for each feature, what happens to the cell that it comes from. */
export interface FeatureFormulas {
  readonly features: readonly FeatureFormula[];
  readonly lists: readonly CategoryCodes[];
}

interface Column extends FeatureFormula {
  readonly name: string;
  readonly isBoolean: boolean;
}

/**
 * Turn a recipe inside out, which is possible as no step mixes columns.
 *
 * @throws {ExportUnsupportedError} for a step that is not known here.
 */
export function featureFormulas(recipe: Recipe): FeatureFormulas {
  const lists: CategoryCodes[] = [];
  let columns: readonly Column[] = recipe.inputs.map(({ name, type }, input) => ({
    name,
    isBoolean: type === 'boolean',
    input,
    operations: [],
  }));
  for (const step of recipe.steps) columns = applyStep(step, columns, lists);
  const isWhole =
    columns.length === recipe.features.length &&
    columns.every(({ name }, i) => name === recipe.features[i]!.name);
  if (!isWhole) throw new ExportUnsupportedError('formulas', 'its recipe makes other features');
  return { features: columns.map(({ input, operations }) => ({ input, operations })), lists };
}

function applyStep(
  step: FittedStep,
  columns: readonly Column[],
  lists: CategoryCodes[],
): readonly Column[] {
  switch (step.kind) {
    case 'drop':
      return columns.filter(({ name }) => !step.columns.includes(name));
    case 'impute':
      return mapNamed(columns, step.columns, (column, { fill, indicator }) => {
        const isBoolean = column.isBoolean && (fill === 0 || fill === 1);
        const filled = { ...then(column, { kind: 'fill', value: fill }), isBoolean };
        const name = `${column.name}=(missing)`;
        const mark = { ...then(column, { kind: 'is_missing' }), name, isBoolean: true };
        return indicator ? [filled, mark] : [filled];
      });
    case 'clip':
      return mapNamed(columns, step.columns, (column, { minimum = null, maximum = null }) => [
        then(column, { kind: 'clip', minimum, maximum }),
      ]);
    case 'log1p':
      return mapNamed(
        columns,
        step.columns.map((column) => ({ column })),
        (column) => [then(column, { kind: 'log1p' })],
      );
    case 'standard_scale':
      return mapNamed(columns, step.columns, (column, { mean, scale }) => [
        then(column, { kind: 'standardize', mean, scale }),
      ]);
    case 'min_max_scale':
      return mapNamed(columns, step.columns, (column, { scale, offset }) => {
        const scaled = then(column, { kind: 'scale', scale, offset });
        const [minimum, maximum] = step.range;
        return [
          step.outside === 'clip' ? then(scaled, { kind: 'clip', minimum, maximum }) : scaled,
        ];
      });
    case 'ordinal_encode':
      return mapNamed(columns, step.columns, (column, { categories }) => {
        const list = lists.push({
          categories,
          codes: categories.map((_, code) => code),
          missing: step.missing === 'missing' ? null : step.missing,
          unknown: step.unknown === 'missing' ? null : step.unknown,
        });
        return [then(column, { kind: 'code', list: list - 1 })];
      });
    case 'one_hot':
      return mapNamed(columns, step.columns, (column, entry) =>
        oneHot(column, { ...entry, unknown: step.unknown }, lists),
      );
    default:
      throw new ExportUnsupportedError('formulas', `its recipe has a step ${step.kind}`);
  }
}

function mapNamed<Entry extends { readonly column: string }>(
  columns: readonly Column[],
  entries: readonly Entry[],
  map: (column: Column, entry: Entry) => readonly Column[],
): readonly Column[] {
  const entryOf = new Map(entries.map((entry) => [entry.column, entry]));
  return columns.flatMap((column) => {
    const entry = entryOf.get(column.name);
    return entry === undefined ? [column] : map(column, entry);
  });
}

/** One more operation; all but fills make numbers that are no booleans. */
function then(column: Column, operation: Operation): Column {
  return { ...column, isBoolean: false, operations: [...column.operations, operation] };
}

type OneHotEntry = Extract<FittedStep, { kind: 'one_hot' }>['columns'][number] & {
  readonly unknown: 'error' | 'ignore' | 'other';
};

function oneHot(column: Column, entry: OneHotEntry, lists: CategoryCodes[]): Column[] {
  const { categories, rare, missing, unknown } = entry;
  const hasMissing = missing === 'own_column';
  const hasOther = rare.length > 0 || missing === 'rare';
  const names = categories.map((category) => `${column.name}=${labelOf(column, category)}`);
  for (const label of [...(hasMissing ? ['(missing)'] : []), ...(hasOther ? ['(other)'] : [])]) {
    let name = `${column.name}=${label}`;
    while (names.includes(name)) name += '*';
    names.push(name);
  }
  const zeros = -1;
  const other = names.length - 1;
  const unknownCode = { error: 'error', ignore: zeros, other: hasOther ? other : zeros }[
    unknown
  ] as number | 'error';
  const list = lists.push({
    categories: [...categories, ...rare],
    codes: [...categories.map((_, code) => code), ...rare.map(() => other)],
    missing: { own_column: categories.length, rare: other, zeros, unknown: unknownCode }[missing],
    unknown: unknownCode,
  });
  return names.map((name, code) => ({
    ...then(column, { kind: 'is_code', list: list - 1, code }),
    name,
    isBoolean: true,
  }));
}

function labelOf(column: Column, category: string | number): string {
  if (column.isBoolean) return category === 0 ? 'false' : 'true';
  return String(category);
}
