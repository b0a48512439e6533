export {
  type BooleanColumn,
  type CategoricalColumn,
  type CellValue,
  type Column,
  type ColumnKind,
  type IntegerColumn,
  type NumericColumn,
  type TextColumn,
  type TimestampColumn,
  MISSING_BOOLEAN,
  cellValue,
  columnLength,
  countMissing,
  isMissing,
  takeCells,
} from './column.ts';
export { type ColumnBuilder, createColumnBuilder } from './column-builder.ts';
export { GnuMlopsError, isGnuMlopsError } from './errors.ts';
export { type JsonObject, type JsonValue, canonicalJson } from './json.ts';
export {
  type ClassificationMetrics,
  type ClassificationOutcome,
  measureClassification,
} from './metrics/classification-metrics.ts';
export { measureConfusionMatrix } from './metrics/confusion-matrix.ts';
export { measureLogLoss } from './metrics/log-loss.ts';
export { MetricInputError, MetricUnknownError } from './metrics/metric-errors.ts';
export {
  type MetricName,
  METRIC_NAMES,
  isHigherBetter,
  isMetricName,
  metricTask,
  metricValues,
} from './metrics/metric-names.ts';
export { type RegressionMetrics, measureRegression } from './metrics/regression-metrics.ts';
export { measureRocAuc } from './metrics/roc-auc.ts';
export { nearestName } from './nearest-name.ts';
export {
  MISSING_TOKENS,
  isMissingToken,
  parseBoolean,
  parseInteger,
  parseNumber,
  parseTimestamp,
} from './parse-cell.ts';
export type { Progress, ProgressListener } from './progress.ts';
export { type Random, createRandom, shuffle } from './random.ts';
export { RowOutOfRangeError } from './row-errors.ts';
export {
  type ColumnSpec,
  type Signature,
  type SignatureType,
  columnKindOf,
  signatureInputs,
  signatureType,
} from './signature.ts';
export { type Stage, STAGES } from './stage.ts';
export {
  type Table,
  type TableRow,
  columnNamed,
  createTable,
  dropColumns,
  rowAt,
  takeColumns,
  takeRows,
} from './table.ts';
export {
  CellTypeError,
  ColumnDuplicateError,
  ColumnLengthError,
  ColumnNotFoundError,
} from './table-errors.ts';
export type { Task } from './task.ts';
