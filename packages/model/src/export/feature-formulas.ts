import {
  type Expression,
  type ExpressionFunction,
  type FittedStep,
  type Recipe,
  binNames,
  oneHotNames,
  targetNames,
} from '@gnu-mlops/preprocess';
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
  | { readonly kind: 'log' }
  /** The Yeo-Johnson transform. */
  | { readonly kind: 'power'; readonly lambda: number }
  /** How many of the ascending edges are not above the number. */
  | { readonly kind: 'bin'; readonly edges: readonly number[] }
  /** 1 where the number is `value`, else 0. */
  | { readonly kind: 'is'; readonly value: number }
  /** A text that is not among `kept` becomes `label`. */
  | { readonly kind: 'group'; readonly kept: readonly string[]; readonly label: string }
  /** Computed from other cells; the own cell does not matter. */
  | { readonly kind: 'derive'; readonly formula: DerivedFormula }
  | { readonly kind: 'standardize'; readonly mean: number; readonly scale: number }
  | { readonly kind: 'scale'; readonly scale: number; readonly offset: number }
  /** The code of the cell's category; `list` is an index into the lists. */
  | { readonly kind: 'code'; readonly list: number }
  /** 1 where the code is `code`, else 0. */
  | { readonly kind: 'is_code'; readonly list: number; readonly code: number };

/** What a derived column is computed from: its leaves are columns as they are at that step. */
export type DerivedFormula =
  | number
  | { readonly call: ExpressionFunction; readonly of: readonly DerivedFormula[] }
  | FeatureFormula;

/** How one feature comes from one raw column, or from several by an operation `derive`. */
export interface FeatureFormula {
  /** Index into the recipe's inputs; of several, the first one. */
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
 * Turn a recipe inside out: only derived columns mix others, and they name them.
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
    case 'log':
      return mapNamed(
        columns,
        step.columns.map((column) => ({ column })),
        (column) => [then(column, { kind: 'log' })],
      );
    case 'robust_scale':
      return mapNamed(columns, step.columns, (column, { center, scale }) => [
        then(column, { kind: 'standardize', mean: center, scale }),
      ]);
    case 'yeo_johnson':
      return mapNamed(columns, step.columns, (column, { lambda, mean, scale }) => [
        then(then(column, { kind: 'power', lambda }), { kind: 'standardize', mean, scale }),
      ]);
    case 'missing_indicator':
      return mapNamed(
        columns,
        step.columns.map((column) => ({ column })),
        (column) => {
          const name = `${column.name}=(missing)`;
          return [column, { ...then(column, { kind: 'is_missing' }), name, isBoolean: true }];
        },
      );
    case 'bin':
      return mapNamed(columns, step.columns, (column, { edges }) => {
        const binned = then(column, { kind: 'bin', edges });
        if (step.output === 'ordinal') return [binned];
        return binNames(column.name, edges.length).map((name, value) => ({
          ...then(binned, { kind: 'is', value }),
          name,
          isBoolean: true,
        }));
      });
    case 'group_rare':
      return mapNamed(columns, step.columns, (column, { kept }) => [
        then(column, { kind: 'group', kept, label: step.label }),
      ]);
    case 'frequency_encode':
      return mapNamed(columns, step.columns, (column, { categories, shares, missing }) => {
        const list = lists.push({ categories, codes: shares, missing, unknown: 0 });
        return [then(column, { kind: 'code', list: list - 1 })];
      });
    case 'target_encode':
      return mapNamed(columns, step.columns, (column, entry) =>
        targetNames(column.name, step.classes).map((name, i) => {
          const list = lists.push({
            categories: entry.categories,
            codes: entry.values[i]!,
            missing: entry.missing[i]!,
            unknown: entry.unknown[i]!,
          });
          return { ...then(column, { kind: 'code', list: list - 1 }), name };
        }),
      );
    case 'derive': {
      const derived = step.columns.map(({ column: name, expression }): Column => {
        const formula = derivedFormula(expression, columns);
        const input = Math.min(...inputsOf(formula));
        return { name, isBoolean: false, input, operations: [{ kind: 'derive', formula }] };
      });
      return [...columns, ...derived];
    }
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
  const kind = column.isBoolean ? 'boolean' : 'numeric';
  const names = oneHotNames({ name: column.name, kind }, categories, { hasMissing, hasOther });
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

function derivedFormula(expression: Expression, columns: readonly Column[]): DerivedFormula {
  if (typeof expression === 'number') return expression;
  if ('column' in expression) {
    const { input, operations } = columns.find(({ name }) => name === expression.column)!;
    return { input, operations };
  }
  return { call: expression.call, of: expression.of.map((part) => derivedFormula(part, columns)) };
}

function inputsOf(formula: DerivedFormula): number[] {
  if (typeof formula === 'number') return [];
  return 'call' in formula ? formula.of.flatMap(inputsOf) : [formula.input];
}
