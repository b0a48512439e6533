import { readFileSync } from 'node:fs';

/** One classification that scikit-learn measured; null = undefined. */
export interface ClassificationReference {
  readonly name: string;
  /** Left out where the test makes rows and probabilities by the script's formula. */
  readonly actual?: readonly number[];
  readonly probabilities?: readonly number[];
  readonly classCount: number;
  readonly positive: number | null;
  readonly accuracy: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  readonly rocAuc: number | null;
  readonly logLoss: number | null;
  readonly prAuc: number | null;
  readonly brier: number | null;
  readonly mcc: number | null;
  readonly balancedAccuracy: number | null;
  readonly confusionMatrix: readonly (readonly number[])[];
}

/** One regression that scikit-learn measured; null = undefined. */
export interface RegressionReference {
  readonly name: string;
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  readonly rmse: number | null;
  readonly mae: number | null;
  readonly r2: number | null;
  readonly mape: number | null;
  readonly medianAbsoluteError: number | null;
}

interface MetricsReference {
  readonly classifications: readonly ClassificationReference[];
  readonly regressions: readonly RegressionReference[];
}

/** What `reference/metrics.py` wrote. */
export function readMetricsReference(): MetricsReference {
  const url = new URL('../fixtures/metrics.json', import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as MetricsReference;
}

/** NaN for null; else the distance to the expected figure must stay below 1e-9 of its size. */
export function isAsReference(measured: number, expected: number | null): boolean {
  if (expected === null) return Number.isNaN(measured);
  return Math.abs(measured - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
}
