import type { FittedImpute, FittedOneHot, FittedStep, Recipe } from '@gnu-mlops/preprocess';
import { ModelInvalidError } from '../errors.ts';

/** A column between the steps, and the raw column that it comes from. */
interface DerivedColumn {
  readonly name: string;
  readonly isBoolean: boolean;
  /** Index into `recipe.inputs`. */
  readonly source: number;
}

/**
 * The raw column that each feature of a recipe is made from: `contract` for
 * `contract=Month-to-month`. Every step makes a column out of one other.
 *
 * @returns indices into `recipe.inputs`, one a feature.
 * @throws {ModelInvalidError} when the steps do not lead to the recipe's features.
 */
export function featureSources({ inputs, steps, features }: Recipe): Int32Array {
  let columns = inputs.map(({ name, type }, source): DerivedColumn => ({
    name,
    isBoolean: type === 'boolean',
    source,
  }));
  for (const step of steps) columns = columns.flatMap((column) => columnsAfter(step, column));
  const isConsistent =
    columns.length === features.length &&
    columns.every(({ name }, i) => features[i]!.name === name);
  if (!isConsistent) {
    throw new ModelInvalidError('recipe.features', 'are not what its steps make of its inputs');
  }
  return Int32Array.from(columns, ({ source }) => source);
}

function columnsAfter(step: FittedStep, column: DerivedColumn): DerivedColumn[] {
  switch (step.kind) {
    case 'drop':
      return step.columns.includes(column.name) ? [] : [column];
    case 'impute':
      return imputedColumns(step, column);
    case 'one_hot':
      return oneHotColumns(step, column);
    case 'clip':
    case 'log1p':
    case 'min_max_scale':
    case 'ordinal_encode':
    case 'standard_scale':
      return namedColumns(step.columns).includes(column.name)
        ? [{ ...column, isBoolean: false }]
        : [column];
    default:
      return step satisfies never;
  }
}

/** Steps that learnt nothing but names hold these alone. */
function namedColumns(columns: readonly (string | { readonly column: string })[]): string[] {
  return columns.map((entry) => (typeof entry === 'string' ? entry : entry.column));
}

function imputedColumns({ columns }: FittedImpute, column: DerivedColumn): DerivedColumn[] {
  const entry = columns.find((one) => one.column === column.name);
  if (entry === undefined) return [column];
  const staysBoolean = column.isBoolean && (entry.fill === 0 || entry.fill === 1);
  const filled = { ...column, isBoolean: staysBoolean };
  return entry.indicator
    ? [filled, { ...column, name: `${column.name}=(missing)`, isBoolean: true }]
    : [filled];
}

function oneHotColumns({ columns }: FittedOneHot, column: DerivedColumn): DerivedColumn[] {
  const entry = columns.find((one) => one.column === column.name);
  if (entry === undefined) return [column];
  const { categories, rare, missing } = entry;
  const label = (category: string | number) =>
    column.isBoolean ? String(category !== 0) : String(category);
  const names = categories.map((category) => `${column.name}=${label(category)}`);
  const extra = [
    ...(missing === 'own_column' ? ['(missing)'] : []),
    ...(rare.length > 0 || missing === 'rare' ? ['(other)'] : []),
  ];
  for (const word of extra) {
    let name = `${column.name}=${word}`;
    while (names.includes(name)) name += '*';
    names.push(name);
  }
  return names.map((name) => ({ ...column, name, isBoolean: true }));
}
