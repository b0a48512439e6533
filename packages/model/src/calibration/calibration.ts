/** How probabilities are corrected. */
export type CalibrationMethod = 'sigmoid' | 'isotonic';

/** A probability p becomes 1 / (1 + exp(-(slope p + intercept))). */
export interface SigmoidMap {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * Steps that never fall, with straight lines between them. Below the first score the first
 * probability holds, above the last the last.
 */
export interface IsotonicMap {
  /** In [0, 1], each above the one before, at least one. */
  readonly scores: readonly number[];
  /** In [0, 1], as many as scores, never falling. */
  readonly probabilities: readonly number[];
}

/**
 * How to turn the probabilities of a model into calibrated ones: frozen data that survives JSON.
 *
 * `maps` has one entry for two classes, of the second one; else one for each class, against all
 * others.
 */
export type Calibration =
  | {
      readonly method: 'sigmoid';
      /** At least 2. */
      readonly classCount: number;
      readonly maps: readonly SigmoidMap[];
    }
  | {
      readonly method: 'isotonic';
      /** At least 2. */
      readonly classCount: number;
      readonly maps: readonly IsotonicMap[];
    };
