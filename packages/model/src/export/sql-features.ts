import type { Recipe } from '@gnu-mlops/preprocess';
import { ExportUnsupportedError } from '../errors.ts';
import {
  type CategoryCodes,
  type FeatureFormulas,
  type Operation,
  featureFormulas,
} from './feature-formulas.ts';
import {
  type SqlDialect,
  doubleType,
  formatDouble,
  quoteIdentifier,
  quoteText,
  trimmed,
} from './sql-dialect.ts';

/**
 * The SQL expression of each feature, over the raw columns; a missing one is NULL, also where the
 * column has NaN.
 *
 * @throws {ExportUnsupportedError} for times, and for recipes that refuse a row.
 */
export function sqlFeatures(recipe: Recipe, dialect: SqlDialect): string[] {
  const formulas = featureFormulas(recipe);
  const inputs = recipe.inputs.map(({ name, type }) =>
    inputExpression(quoteIdentifier(name, dialect), type, dialect),
  );
  return formulas.features.map(({ input, operations }) =>
    operations.reduce(
      (cell, operation) => operate(cell, operation, { dialect, formulas }),
      inputs[input]!,
    ),
  );
}

function inputExpression(column: string, type: string, dialect: SqlDialect): string {
  switch (type) {
    case 'string':
      return `CASE WHEN ${trimmed(column, dialect)} = '' THEN NULL ELSE ${column} END`;
    case 'boolean':
      if (dialect === 'sqlite') return `CAST(${column} AS REAL)`;
      return `CASE WHEN ${column} THEN ${formatDouble(1, dialect)} WHEN NOT ${column} THEN ${formatDouble(0, dialect)} END`;
    case 'datetime':
      throw new ExportUnsupportedError('SQL', 'it reads a time, which databases count differently');
    default: {
      const value = `CAST(${column} AS ${doubleType(dialect)})`;
      // SQLite keeps a NaN as NULL.
      if (dialect === 'sqlite') return value;
      if (dialect === 'postgres') return `NULLIF(${value}, 'NaN'::double precision)`;
      return `CASE WHEN ISNAN(${value}) THEN NULL ELSE ${value} END`;
    }
  }
}

interface Context {
  readonly dialect: SqlDialect;
  readonly formulas: FeatureFormulas;
}

function operate(cell: string, operation: Operation, { dialect, formulas }: Context): string {
  const double = (value: number) => formatDouble(value, dialect);
  switch (operation.kind) {
    case 'fill': {
      const { value } = operation;
      const fill = typeof value === 'string' ? quoteText(value, dialect) : double(value);
      return `COALESCE(${cell}, ${fill})`;
    }
    case 'is_missing':
      return `CASE WHEN (${cell}) IS NULL THEN ${double(1)} ELSE ${double(0)} END`;
    case 'clip': {
      const { minimum, maximum } = operation;
      const low =
        minimum === null ? '' : ` WHEN (${cell}) < ${double(minimum)} THEN ${double(minimum)}`;
      const high =
        maximum === null ? '' : ` WHEN (${cell}) > ${double(maximum)} THEN ${double(maximum)}`;
      return low + high === '' ? cell : `CASE${low}${high} ELSE ${cell} END`;
    }
    case 'log1p': {
      const logarithm = dialect === 'spark' ? `LOG1P(${cell})` : `LN(${double(1)} + (${cell}))`;
      return `CASE WHEN (${cell}) > ${double(-1)} THEN ${logarithm} END`;
    }
    case 'log':
      return `CASE WHEN (${cell}) > ${double(0)} THEN LN(${cell}) END`;
    case 'bin': {
      const cases = operation.edges.map(
        (edge, below) => ` WHEN (${cell}) < ${double(edge)} THEN ${double(below)}`,
      );
      const last = double(operation.edges.length);
      return `CASE WHEN (${cell}) IS NULL THEN NULL${cases.join('')} ELSE ${last} END`;
    }
    case 'is':
      return `CASE WHEN (${cell}) = ${double(operation.value)} THEN ${double(1)} ELSE ${double(0)} END`;
    case 'group': {
      const kept = operation.kept.map((text) => quoteText(text, dialect));
      const isKept = kept.length === 0 ? '' : ` OR (${cell}) IN (${kept.join(', ')})`;
      const label = quoteText(operation.label, dialect);
      return `CASE WHEN (${cell}) IS NULL${isKept} THEN ${cell} ELSE ${label} END`;
    }
    case 'power':
    case 'derive': {
      const step = operation.kind === 'power' ? 'yeo_johnson' : 'derive';
      const problem = `its recipe has a step ${step}, whose results databases round differently`;
      throw new ExportUnsupportedError('SQL', problem);
    }
    case 'standardize':
      return `(((${cell}) - ${double(operation.mean)}) / ${double(operation.scale)})`;
    case 'scale':
      return `((${cell}) * ${double(operation.scale)} + ${double(operation.offset)})`;
    case 'code':
      return codeExpression(cell, formulas.lists[operation.list]!, dialect);
    case 'is_code': {
      const list = checkLenient(formulas.lists[operation.list]!);
      const { code } = operation;
      const known = (wanted: (code: number) => boolean) =>
        list.categories
          .filter((_, i) => wanted(list.codes[i]!))
          .map((category) => quoteCategory(category, dialect));
      const own = known((found) => found === code);
      const all = known(() => true);
      const conditions = [
        ...(own.length > 0 ? [`(${cell}) IN (${own.join(', ')})`] : []),
        ...(list.missing === code ? [`(${cell}) IS NULL`] : []),
        ...(list.unknown === code
          ? [all.length > 0 ? `(${cell}) NOT IN (${all.join(', ')})` : `(${cell}) IS NOT NULL`]
          : []),
      ];
      if (conditions.length === 0) return double(0);
      return `CASE WHEN ${conditions.join(' OR ')} THEN ${double(1)} ELSE ${double(0)} END`;
    }
  }
}

function codeExpression(cell: string, codes: CategoryCodes, dialect: SqlDialect): string {
  const { categories, missing, unknown } = checkLenient(codes);
  const value = (code: number | 'error' | null) =>
    typeof code === 'number' ? formatDouble(code, dialect) : 'NULL';
  const cases = categories.map(
    (category, i) =>
      ` WHEN (${cell}) = ${quoteCategory(category, dialect)} THEN ${value(codes.codes[i]!)}`,
  );
  return `CASE WHEN (${cell}) IS NULL THEN ${value(missing)}${cases.join('')} ELSE ${value(unknown)} END`;
}

/** SQL has no way to refuse a row that all databases share. */
function checkLenient(codes: CategoryCodes): CategoryCodes {
  if (codes.unknown === 'error' || codes.missing === 'error') {
    const problem = 'its recipe refuses rows with unknown categories, and SQL cannot refuse a row';
    throw new ExportUnsupportedError('SQL', problem);
  }
  return codes;
}

function quoteCategory(category: string | number, dialect: SqlDialect): string {
  return typeof category === 'string'
    ? quoteText(category, dialect)
    : formatDouble(category, dialect);
}
