import { OnnxOperatorError } from './onnx-errors.ts';

/** Shares in float32 come this near to what they are. */
const SHARE_TOLERANCE = 1e-5;

/**
 * Take float32's rounding out: each leaf's shares are none below 0, and 1 together.
 *
 * @param values leaves x width.
 * @throws {OnnxOperatorError} when they were no shares before.
 */
export function normalizeShares(
  values: Float64Array,
  width: number,
  operator: string,
): Float64Array {
  const shares = values.map((value) => (value < 0 && value > -SHARE_TOLERANCE ? 0 : value));
  for (let start = 0; start < shares.length; start += width) {
    const leaf = shares.subarray(start, start + width);
    const sum = leaf.reduce((total, share) => total + share, 0);
    if (leaf.some((share) => !(share >= 0)) || !(Math.abs(sum - 1) <= SHARE_TOLERANCE)) {
      throw new OnnxOperatorError(operator, 'has leaves that are no class shares');
    }
    for (let k = 0; k < width; k++) leaf[k]! /= sum;
  }
  return shares;
}
