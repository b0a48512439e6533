import { checkModel } from '../check-model.ts';
import { ExportTooLargeError } from '../errors.ts';
import type { Estimator } from '../estimator.ts';
import type { Model } from '../model.ts';
import {
  type SqlDialect,
  formatDouble,
  greatest,
  quoteIdentifier,
  quoteText,
} from './sql-dialect.ts';
import { sqlFeatures } from './sql-features.ts';
import { sqlSum, sqlTrees } from './sql-trees.ts';

/** How a query is written. */
export interface SqlOptions {
  readonly dialect: SqlDialect;
  /** The table's name; its parts, such as catalog, schema and table, as a list. */
  readonly table: string | readonly string[];
  /** Columns of the table to pass through, such as its key; default none. */
  readonly keep?: readonly string[];
  /**
   * The longest query that is written; default 500,000 characters, about 250 trees of 31 leaves.
   * Databases plan longer ones slowly or not at all; Spark compiles none above 65,535 bytes.
   */
  readonly maxCharacters?: number;
}

const DEFAULT_MAX_CHARACTERS = 500_000;

/**
 * Write a small model as one query that scores a table: the kept columns, `prediction`, and for
 * classes `probability_0`, `probability_1`, ... in their order. NULL and NaN are missing values. The
 * trees are added pairwise, so that scores agree with the model's to about 1e-12.
 *
 * @throws {ExportTooLargeError} when the query is longer than `maxCharacters`.
 * @throws {ExportUnsupportedError} for models that read times or refuse rows with unknown
 * categories.
 * @throws {ModelInvalidError} when the model's parts do not fit together.
 */
export function formatSql(model: Model, options: SqlOptions): string {
  checkModel(model);
  const limit = options.maxCharacters ?? DEFAULT_MAX_CHARACTERS;
  checkLength(shortestLength(model.estimator), limit);
  const { dialect, table, keep = [] } = options;
  const name = (text: string) => quoteIdentifier(text, dialect);
  const select = (expressions: readonly string[], as: (i: number) => string) =>
    expressions.map((expression, i) => `${expression} AS ${as(i)}`);

  const tableName = (typeof table === 'string' ? [table] : table).map(name).join('.');
  const keptColumns = keep.map((_, i) => `gnu_kept_${i}`);
  const features = sqlFeatures(model.recipe, dialect);
  const featureColumns = features.map((_, i) => `gnu_feature_${i}`);
  const raw = rawExpressions(model.estimator, featureColumns, dialect);
  const rawColumns = raw.map((_, i) => `gnu_raw_${i}`);
  const outputs = linkExpressions(model.estimator, rawColumns, dialect);
  const outputColumns = outputs.map((_, i) => `gnu_output_${i}`);
  const from = (columns: readonly string[], source: string) =>
    `SELECT ${columns.join(', ')} FROM ${source}`;

  const classes = model.target.classes?.map((label) => quoteText(label, dialect));
  const results = classes
    ? [
        `${mostProbable(outputColumns, classes)} AS prediction`,
        ...select(outputColumns, (i) => `probability_${i}`),
      ]
    : [`${outputColumns[0]} AS prediction`];
  const kept = select(keptColumns, (i) => name(keep[i]!));
  const query =
    `WITH gnu_features AS (${from([...select(keep.map(name), (i) => keptColumns[i]!), ...select(features, (i) => featureColumns[i]!)], tableName)}),\n` +
    `gnu_raw AS (${from([...keptColumns, ...select(raw, (i) => rawColumns[i]!)], 'gnu_features')}),\n` +
    `gnu_outputs AS (${from([...keptColumns, ...select(outputs, (i) => outputColumns[i]!)], 'gnu_raw')})\n` +
    `${from([...kept, ...results], 'gnu_outputs')}`;
  checkLength(query.length, limit);
  return query;
}

/** What a query takes at least, so that no long one is written to be thrown away. */
function shortestLength(estimator: Estimator): number {
  return estimator.kind === 'linear'
    ? estimator.coefficients.length * 4
    : estimator.splitFeature.length * 4;
}

function checkLength(found: number, limit: number): void {
  if (found > limit) throw new ExportTooLargeError('SQL', { found, limit });
}

function rawExpressions(
  estimator: Estimator,
  columns: readonly string[],
  dialect: SqlDialect,
): string[] {
  if (estimator.kind === 'tree_ensemble') return sqlTrees(estimator, columns, dialect);
  const { coefficients, intercepts } = estimator;
  return Array.from(intercepts, (intercept, k) => {
    const terms = columns.map(
      (column, i) => `${column} * ${formatDouble(coefficients[k * columns.length + i]!, dialect)}`,
    );
    return sqlSum([formatDouble(intercept, dialect), ...terms]);
  });
}

function linkExpressions(
  { link }: Estimator,
  raw: readonly string[],
  dialect: SqlDialect,
): readonly string[] {
  const one = formatDouble(1, dialect);
  switch (link) {
    case 'identity':
      return raw;
    case 'exponential':
      return raw.map((score) => `EXP(${score})`);
    case 'logistic': {
      // The exponent is never positive: no overflow.
      const score = raw[0]!;
      const smaller = `EXP(-ABS(${score}))`;
      const [likely, unlikely] = [
        `${one} / (${one} + ${smaller})`,
        `${smaller} / (${one} + ${smaller})`,
      ];
      return [
        `CASE WHEN ${score} >= 0 THEN ${unlikely} ELSE ${likely} END`,
        `CASE WHEN ${score} >= 0 THEN ${likely} ELSE ${unlikely} END`,
      ];
    }
    case 'softmax': {
      const largest = greatest(raw, dialect);
      const weights = raw.map((score) => `EXP(${score} - ${largest})`);
      return weights.map((weight) => `${weight} / (${sqlSum(weights)})`);
    }
  }
}

/** The first of the largest; NULL where there is no score. */
function mostProbable(columns: readonly string[], labels: readonly string[]): string {
  const cases = columns.map((column, i) => {
    const others = columns.filter((_, other) => other !== i);
    return ` WHEN ${others.map((other) => `${column} >= ${other}`).join(' AND ')} THEN ${labels[i]}`;
  });
  return `CASE${cases.join('')} END`;
}
