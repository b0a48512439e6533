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
  createTextColumn,
  isMissing,
  takeCells,
} from './column.ts';
export { type ColumnBuilder, createColumnBuilder } from './column-builder.ts';
export { GnuMlopsError, isGnuMlopsError } from './errors.ts';
export { formatTimestamp } from './format-timestamp.ts';
export { type JsonObject, type JsonValue, canonicalJson } from './json.ts';
export { measureAveragePrecision } from './metrics/average-precision.ts';
export { measureBalancedAccuracy } from './metrics/balanced-accuracy.ts';
export { measureBrierScore } from './metrics/brier-score.ts';
export {
  type CalibrationBin,
  type CalibrationCurveOptions,
  measureCalibrationCurve,
} from './metrics/calibration-curve.ts';
export { checkClassProbabilities } from './metrics/check-class-probabilities.ts';
export { type ClassProbabilities, classAgainstRest } from './metrics/class-against-rest.ts';
export {
  type ClassReport,
  type ClassScores,
  measureClassReport,
  measureClassScores,
} from './metrics/class-report.ts';
export {
  type ClassificationMetrics,
  type ClassificationOutcome,
  measureClassification,
} from './metrics/classification-metrics.ts';
export { measureConfusionMatrix } from './metrics/confusion-matrix.ts';
export type { CurveOptions } from './metrics/curve-options.ts';
export { measureExpectedCalibrationError } from './metrics/expected-calibration-error.ts';
export { measureLogLoss } from './metrics/log-loss.ts';
export { measureMatthewsCorrelation } from './metrics/matthews-correlation.ts';
export { measureMedianAbsoluteError } from './metrics/median-absolute-error.ts';
export { MetricInputError, MetricUnknownError } from './metrics/metric-errors.ts';
export {
  type MetricName,
  METRIC_NAMES,
  isHigherBetter,
  isMetricName,
  metricTask,
  metricValues,
} from './metrics/metric-names.ts';
export type { WeightOptions } from './metrics/metric-weights.ts';
export { mostProbableClass } from './metrics/most-probable-class.ts';
export {
  type MulticlassRocOptions,
  measureMulticlassRocAuc,
} from './metrics/multiclass-roc-auc.ts';
export { measurePercentageError } from './metrics/percentage-error.ts';
export { measurePinballLoss } from './metrics/pinball-loss.ts';
export { measurePoissonDeviance } from './metrics/poisson-deviance.ts';
export {
  type PrecisionRecallCurve,
  measurePrecisionRecallCurve,
} from './metrics/precision-recall-curve.ts';
export { predictedClassOutcome } from './metrics/predicted-class-outcome.ts';
export { type RegressionMetrics, measureRegression } from './metrics/regression-metrics.ts';
export { measureRocArea } from './metrics/roc-area.ts';
export { measureRocAuc } from './metrics/roc-auc.ts';
export { type RocCurve, measureRocCurve } from './metrics/roc-curve.ts';
export type { ScoredOutcome } from './metrics/scored-outcome.ts';
export { sortOrder } from './metrics/sort-order.ts';
export { type ThresholdCounts, countByThreshold } from './metrics/threshold-counts.ts';
export { nearestName } from './nearest-name.ts';
export {
  MAX_TIME_MS,
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
  SIGNATURE_TYPES,
  type SignatureType,
  columnKindOf,
  signatureInputs,
  signatureType,
} from './signature.ts';
export { snakeCase } from './snake-case.ts';
export { type Stage, STAGES } from './stage.ts';
export {
  type Table,
  type TableRow,
  columnNamed,
  createTable,
  dropColumns,
  rowAt,
  sliceRows,
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
