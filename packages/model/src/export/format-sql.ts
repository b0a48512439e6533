import { checkModel } from '../check-model.ts';
import { ExportTooLargeError } from '../errors.ts';
import type { Model } from '../model.ts';
import { sqlCalibration } from './sql-calibration.ts';
import {
  type SqlDialect,
  formatDouble,
  quoteIdentifier,
  quotePath,
  quoteText,
} from './sql-dialect.ts';
import { shortestSql, sqlEstimator } from './sql-estimator.ts';
import { sqlFeatures } from './sql-features.ts';
import { createSqlStages } from './sql-stages.ts';

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
 * classes `probability_0`, `probability_1`, ... in their order. NULL, NaN and blank text are missing
 * values. The trees are added pairwise, so that scores agree with the model's to about 1e-12.
 *
 * @throws {ExportTooLargeError} when the query is longer than `maxCharacters`.
 * @throws {ExportUnsupportedError} for models that read times or refuse rows with unknown
 * categories.
 * @throws {ModelInvalidError} when the model's parts do not fit together.
 */
export function formatSql(model: Model, options: SqlOptions): string {
  checkModel(model);
  const limit = options.maxCharacters ?? DEFAULT_MAX_CHARACTERS;
  checkLength(shortestSql(model.estimator), limit);
  const { dialect, table, keep = [] } = options;
  const name = (text: string) => quoteIdentifier(text, dialect);
  const keptColumns = keep.map((_, i) => `gnu_kept_${i}`);
  const features = sqlFeatures(model.recipe, dialect);
  const featureColumns = features.map((_, i) => `gnu_feature_${i}`);
  const stages = createSqlStages(
    [
      ...keptColumns.map((column, i) => [column, name(keep[i]!)] as const),
      ...featureColumns.map((column, i) => [column, features[i]!] as const),
    ],
    { from: quotePath(typeof table === 'string' ? [table] : table, dialect), dialect },
  );
  const scores = sqlEstimator(model.estimator, featureColumns, { stages, dialect });
  const outputs = model.calibration
    ? sqlCalibration(model.calibration, scores, { stages, dialect })
    : scores;
  const classes = model.target.classes?.map((label) => quoteText(label, dialect));
  const results = classes
    ? [
        `${predictedLabel(model, outputs, { classes, dialect })} AS prediction`,
        ...outputs.map((column, i) => `${column} AS probability_${i}`),
      ]
    : [`${outputs[0]} AS prediction`];
  const kept = keptColumns.map((column, i) => `${column} AS ${name(keep[i]!)}`);
  const { clause, last } = stages.finish();
  const query = `${clause}\nSELECT ${[...kept, ...results].join(', ')} FROM ${last}`;
  checkLength(query.length, limit);
  return query;
}

function checkLength(found: number, limit: number): void {
  if (found > limit) throw new ExportTooLargeError('SQL', { found, limit });
}

/** NULL where there is no score. */
function predictedLabel(
  { target, threshold }: Model,
  columns: readonly string[],
  { classes, dialect }: { readonly classes: readonly string[]; readonly dialect: SqlDialect },
): string {
  if (threshold === undefined) return mostProbable(columns, classes);
  const code = target.classes!.indexOf(threshold.positiveClass);
  const value = formatDouble(threshold.value, dialect);
  const column = columns[code]!;
  return `CASE WHEN ${column} >= ${value} THEN ${classes[code]} WHEN ${column} < ${value} THEN ${classes[1 - code]} END`;
}

/** The first of the largest; NULL where there is no score. */
function mostProbable(columns: readonly string[], labels: readonly string[]): string {
  const cases = columns.map((column, i) => {
    const others = columns.filter((_, other) => other !== i);
    return ` WHEN ${others.map((other) => `${column} >= ${other}`).join(' AND ')} THEN ${labels[i]}`;
  });
  return `CASE${cases.join('')} END`;
}
