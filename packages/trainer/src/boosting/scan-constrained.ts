import {
  BIN_COUNTS,
  FEATURES,
  FEATURE_HISTOGRAM_BYTES,
  GRADIENT_SCALE,
  GRADIENT_TOTAL,
  HAS_MISSING,
  HESSIAN_SCALE,
  HESSIAN_TOTAL,
  L1_PENALTY,
  LEAST_HESSIAN,
  LOWER_BOUND,
  MONOTONE,
  PENALTY,
  SCANNED,
  SCORE_TO_BEAT,
  SPLITS,
  SPLIT_BIN,
  SPLIT_BYTES,
  SPLIT_LEFT_GRADIENT,
  SPLIT_LEFT_HESSIAN,
  SPLIT_MISSING_LEFT,
  SPLIT_SCORE,
  UPPER_BOUND,
} from '../kernels/job-layout.ts';
import { type LeafRules, leafScore, leafValue } from './leaf-value.ts';
import type { Workbench } from './workbench.ts';

/**
 * As the kernel `scanSplits`, under an L1 penalty, bounds on the leaves' values, and constraints on
 * the direction in which a score moves with a feature. Scores are in the objective's own unit.
 */
export function scanConstrained(
  { memory }: Workbench,
  job: number,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  const { bytes, unsigned, words, doubles } = memory;
  const address = (field: number) => unsigned[(job + field) >>> 2]!;
  const real = (field: number) => doubles[(job + field) >>> 3]!;
  const gradientScale = real(GRADIENT_SCALE);
  const hessianScale = real(HESSIAN_SCALE);
  const leaf: LeafRules = {
    l1: real(L1_PENALTY),
    l2: real(PENALTY) / hessianScale,
    lower: real(LOWER_BOUND),
    upper: real(UPPER_BOUND),
  };
  const gradientTotal = words[(job + GRADIENT_TOTAL) >>> 2]!;
  const hessianTotal = address(HESSIAN_TOTAL);
  const least = real(LEAST_HESSIAN);

  for (let at = from; at < to; at++) {
    const feature = words[(address(FEATURES) >>> 2) + at]!;
    const histogram = (address(SCANNED) + feature * FEATURE_HISTOGRAM_BYTES) >>> 2;
    const bins = words[(address(BIN_COUNTS) >>> 2) + feature]!;
    const direction = (bytes[address(MONOTONE) + feature]! << 24) >> 24;
    const split = address(SPLITS) + at * SPLIT_BYTES;
    const isGappy = bytes[address(HAS_MISSING) + feature] !== 0;
    let best = real(SCORE_TO_BEAT);
    doubles[(split + SPLIT_SCORE) >>> 3] = -1;
    for (let missingLeft = 0; missingLeft <= (isGappy ? 1 : 0); missingLeft++) {
      let hessian = missingLeft === 0 ? 0 : unsigned[histogram + 2 * bins]!;
      let gradient = missingLeft === 0 ? 0 : words[histogram + 2 * bins + 1]!;
      const end = isGappy && missingLeft === 0 ? bins : bins - 1;
      for (let bin = 0; bin < end; bin++) {
        const added = unsigned[histogram + 2 * bin]!;
        if (added === 0) continue;
        hessian += added;
        gradient += words[histogram + 2 * bin + 1]!;
        if (hessian < least) continue;
        if (hessianTotal - hessian < least) break;
        const leftGradient = gradient / gradientScale;
        const leftHessian = hessian / hessianScale;
        const rightGradient = (gradientTotal - gradient) / gradientScale;
        const rightHessian = (hessianTotal - hessian) / hessianScale;
        const left = leafValue(leaf, leftGradient, leftHessian);
        const right = leafValue(leaf, rightGradient, rightHessian);
        if (direction * (right - left) < 0) continue;
        const score =
          leafScore(leaf, { gradient: leftGradient, hessian: leftHessian, value: left }) +
          leafScore(leaf, { gradient: rightGradient, hessian: rightHessian, value: right });
        if (score <= best) continue;
        best = score;
        doubles[(split + SPLIT_SCORE) >>> 3] = score;
        words[(split + SPLIT_BIN) >>> 2] = bin;
        words[(split + SPLIT_MISSING_LEFT) >>> 2] = missingLeft;
        words[(split + SPLIT_LEFT_GRADIENT) >>> 2] = gradient;
        unsigned[(split + SPLIT_LEFT_HESSIAN) >>> 2] = hessian;
      }
    }
  }
}
