import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import {
  MatrixEmptyError,
  OneClassError,
  TrainingInputError,
  TrainingOptionError,
} from './errors.ts';
import {
  type ClassTarget,
  type RowOrder,
  type TrainingSet,
  type TrainingTarget,
  type WeightedRows,
  className,
} from './training-set.ts';

/** Rows that a caller hands over to be scored while an algorithm learns from others. */
export interface ValidationRows {
  readonly matrix: FeatureMatrix;
  readonly target: TrainingTarget;
  /** One a row, finite, not negative; default 1. */
  readonly weights?: Float64Array | undefined;
  /** Which rows of a table they are, 0-based, for errors to name; default 0, 1, 2, ... */
  readonly rowNumbers?: Int32Array | undefined;
}

/** Rows as a caller hands them over. */
export interface TrainingRows extends RowOrder {
  readonly matrix: FeatureMatrix;
  readonly target: TrainingTarget;
  /** One a row, finite, not negative; default 1. Weight 2 is the row twice, weight 0 not at all. */
  readonly weights?: Float64Array | undefined;
  /** Which rows of a table they are, 0-based, for errors to name; default 0, 1, 2, ... */
  readonly rowNumbers?: Int32Array | undefined;
  /** Rows to stop early by, of the same features; nothing is learned from them. */
  readonly validation?: ValidationRows | undefined;
  /** Any finite number. */
  readonly seed: number;
}

/**
 * Check the rows and leave those of weight 0 out.
 *
 * @throws {TrainingOptionError} when the seed is not a finite number.
 * @throws {TrainingInputError} when target, weights, features, groups or times do not fit, or are not
 *   finite.
 * @throws {MatrixEmptyError} when no row or no feature is left.
 * @throws {OneClassError} when the rows left are all of one class.
 */
export function prepareTrainingSet(rows: TrainingRows): TrainingSet {
  if (!Number.isFinite(rows.seed)) {
    throw new TrainingOptionError('seed', { value: rows.seed, accepts: 'a finite number' });
  }
  const weighted = checkRows(rows);
  const { matrix, target } = weighted;
  if (matrix.rowCount === 0 || matrix.columns.length === 0) {
    throw new MatrixEmptyError(matrix.rowCount, matrix.columns.length);
  }
  if (target.task === 'classification') checkClasses(target);
  const set = { ...weighted, seed: rows.seed };
  return rows.validation === undefined
    ? set
    : { ...set, validation: prepareValidation(rows.validation, set) };
}

/** Check rows to stop by, and that they are like those to learn from. */
function prepareValidation(rows: ValidationRows, like: TrainingSet): WeightedRows {
  const invalid = (problem: string) =>
    new TrainingInputError('validation', `Of the validation rows: ${problem}`);
  const width = like.matrix.columns.length;
  if (rows.matrix.columns.length !== width) {
    throw invalid(`they have ${rows.matrix.columns.length} features, not ${width}.`);
  }
  if (rows.target.task !== like.target.task) {
    throw invalid(`their target is for ${rows.target.task}, not ${like.target.task}.`);
  }
  try {
    const checked = checkRows({ ...rows, target: alikeTarget(rows.target, like.target) });
    if (checked.matrix.rowCount > 0) return checked;
  } catch (error) {
    throw error instanceof TrainingInputError ? invalid(error.message) : error;
  }
  throw invalid('there are none of a weight above 0.');
}

/** A target whose codes are those of another's classes. */
function alikeTarget(target: TrainingTarget, like: TrainingTarget): TrainingTarget {
  if (target.task !== 'classification' || like.task !== 'classification') return target;
  return { ...like, labels: target.labels };
}

function checkRows(rows: ValidationRows & RowOrder): WeightedRows {
  checkMatrix(rows.matrix, rows.rowNumbers);
  checkTarget(rows.target, rows.matrix.rowCount);
  const weights = rows.weights ?? new Float64Array(rows.matrix.rowCount).fill(1);
  checkWeights(weights, rows.matrix.rowCount);
  checkOrder(rows, rows.matrix.rowCount);
  return dropWeightless({ ...rows, weights });
}

function checkMatrix(
  { columns, features, rowCount }: FeatureMatrix,
  rowNumbers: Int32Array | undefined,
): void {
  features.forEach(({ name }, feature) => {
    const column = columns[feature];
    if (column?.length !== rowCount) {
      throw new TrainingInputError(
        name,
        `The feature "${name}" has ${column?.length ?? 0} values for ${rowCount} rows; give one a row.`,
      );
    }
    const row = findInfinite(column);
    if (row >= 0) {
      throw new TrainingInputError(
        name,
        `The feature "${name}" is infinite in row ${(rowNumbers?.[row] ?? row) + 1}; make it a missing value or a number.`,
      );
    }
  });
}

/** The first row whose value is infinite; -1: none. A loop, for these are all cells of a training. */
function findInfinite(column: Float64Array): number {
  for (let row = 0; row < column.length; row++) {
    if (Math.abs(column[row]!) === Infinity) return row;
  }
  return -1;
}

function checkTarget(target: TrainingTarget, rowCount: number): void {
  const given = target.task === 'classification' ? target.labels : target.values;
  if (given.length !== rowCount) {
    throw new TrainingInputError(
      'target',
      `The target has ${given.length} entries for ${rowCount} rows; give one a row.`,
    );
  }
  const row =
    target.task === 'classification'
      ? target.labels.findIndex((label) => label < 0 || label >= target.classCount)
      : target.values.findIndex((value) => !Number.isFinite(value));
  if (row >= 0) {
    const wanted =
      target.task === 'classification' ? `a class code below ${target.classCount}` : 'a number';
    throw new TrainingInputError(
      'target',
      `The target of row ${row + 1} is ${given[row]}; it must be ${wanted}.`,
    );
  }
}

function checkWeights(weights: Float64Array, rowCount: number): void {
  const row = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (weights.length !== rowCount || row >= 0) {
    const problem =
      row >= 0
        ? `The weight of row ${row + 1} is ${weights[row]}; it must be 0 or more.`
        : `There are ${weights.length} weights for ${rowCount} rows; give one a row.`;
    throw new TrainingInputError('weights', problem);
  }
}

function checkOrder({ groups, times }: RowOrder, rowCount: number): void {
  const invalid = (subject: string, problem: string) => new TrainingInputError(subject, problem);
  for (const [subject, given] of Object.entries({ groups, times })) {
    if (given === undefined) continue;
    if (given.length !== rowCount) {
      throw invalid(
        subject,
        `There are ${given.length} ${subject} for ${rowCount} rows; give one a row.`,
      );
    }
    const row = given.findIndex((entry) => Number.isNaN(entry) || (given === groups && entry < 0));
    if (row < 0) continue;
    const wanted = given === times ? 'a number' : 'a code of 0 or more';
    throw invalid(
      subject,
      `The entry of row ${row + 1} in ${subject} is ${given[row]}; it must be ${wanted}.`,
    );
  }
  if (groups === undefined || times === undefined) return;
  throw invalid('groups', 'Rows have groups and times; split them by one of both.');
}

function checkClasses(target: ClassTarget): void {
  const first = target.labels[0]!;
  if (target.labels.every((label) => label === first)) {
    throw new OneClassError(className(target, first), target.labels.length);
  }
}

function dropWeightless(rows: WeightedRows): WeightedRows {
  const { matrix, target, weights, groups, times } = rows;
  if (weights.every((weight) => weight > 0)) return { matrix, target, weights, groups, times };
  const isKept = (_: number, row: number) => weights[row]! > 0;
  const kept = weights.filter(isKept);
  return {
    matrix: {
      ...matrix,
      rowCount: kept.length,
      columns: matrix.columns.map((column) => column.filter(isKept)),
    },
    target:
      target.task === 'classification'
        ? { ...target, labels: target.labels.filter(isKept) }
        : { ...target, values: target.values.filter(isKept) },
    weights: kept,
    groups: groups?.filter(isKept),
    times: times?.filter(isKept),
  };
}
