import type { IsotonicMap } from './isotonic-map.ts';
import type { SigmoidMap } from './sigmoid-map.ts';

/** How probabilities are corrected. */
export type CalibrationMethod = 'sigmoid' | 'isotonic';

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
