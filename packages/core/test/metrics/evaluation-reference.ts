import { readFileSync } from 'node:fs';
import { isAsReference } from './metrics-reference.ts';

/** A figure of scikit-learn: null = undefined. */
export type Figure = number | 'Infinity' | null;

/** A curve: several columns of equal length. */
export interface CurveReference {
  readonly [column: string]: readonly Figure[];
}

/** Scores that scikit-learn ranked. */
export interface RankingReference {
  readonly name: string;
  readonly actual: readonly number[];
  readonly scores: readonly number[];
  readonly weights: readonly number[] | null;
  readonly rocCurve: { readonly all: CurveReference; readonly corners: CurveReference };
  readonly precisionRecallCurve: { readonly all: CurveReference; readonly corners: CurveReference };
  readonly rocAuc: number | null;
  readonly averagePrecision: number | null;
  /** By strategy and number of bins; empty where the scores are no probabilities. */
  readonly calibration: { readonly [bins: string]: CurveReference };
}

/** Class probabilities that scikit-learn measured. */
export interface WeightedClassificationReference {
  readonly name: string;
  readonly actual: readonly number[];
  readonly probabilities: readonly number[];
  readonly classCount: number;
  readonly weights: readonly number[] | null;
  /** Precision, recall, F1 and, of the classes, support. */
  readonly report: {
    readonly classes: readonly (readonly Figure[])[];
    readonly macro: readonly Figure[];
    readonly weighted: readonly Figure[];
    readonly micro: readonly Figure[];
  };
  /** By comparison and average: `ovr macro`, ...; empty for two classes. */
  readonly rocAreas: { readonly [kind: string]: number | null };
  readonly accuracy: number;
  readonly logLoss: number;
  readonly brier: number;
  readonly mcc: number;
  readonly balancedAccuracy: number;
  readonly confusionMatrix: readonly (readonly number[])[];
}

/** Predicted numbers that scikit-learn measured. */
export interface WeightedRegressionReference {
  readonly name: string;
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  readonly weights: readonly number[] | null;
  readonly rmse: number;
  readonly mae: number;
  readonly r2: number;
  readonly mape: number | null;
  readonly medianAbsoluteError: number;
  readonly pinball: { readonly [quantile: string]: number };
  readonly poissonDeviance: number | null;
}

interface EvaluationReference {
  readonly rankings: readonly RankingReference[];
  readonly classifications: readonly WeightedClassificationReference[];
  readonly regressions: readonly WeightedRegressionReference[];
}

/** What `reference/evaluation.py` wrote. */
export function readEvaluationReference(): EvaluationReference {
  const url = new URL('../fixtures/evaluation.json', import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as EvaluationReference;
}

/** Weights as the metrics take them. */
export function weightsOf(reference: { readonly weights: readonly number[] | null }) {
  return reference.weights === null ? undefined : Float64Array.from(reference.weights);
}

/** Where two columns differ by more than 1e-9 or in length; empty when they agree. */
export function differences(measured: ArrayLike<number>, expected: readonly Figure[]): string[] {
  if (measured.length !== expected.length) return [`${measured.length} of ${expected.length}`];
  return expected.flatMap((figure, i) => {
    const isSame =
      figure === 'Infinity' ? measured[i] === Infinity : isAsReference(measured[i]!, figure);
    return isSame ? [] : [`${i}: ${measured[i]} where scikit-learn has ${figure}`];
  });
}
