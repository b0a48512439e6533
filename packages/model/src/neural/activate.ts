import type { Activation } from '../estimator.ts';
import { portableExp } from '../portable-exp.ts';

/**
 * Replace the first `count` sums by what the units make of them, with the same bits on every engine.
 */
export function activate(activation: Activation, sums: Float64Array, count: number): void {
  switch (activation) {
    case 'identity':
      return;
    case 'relu':
      // A comparison and not Math.max: NaN stays NaN, and -0 becomes 0.
      for (let unit = 0; unit < count; unit++) if (sums[unit]! <= 0) sums[unit] = 0;
      return;
    case 'tanh':
      for (let unit = 0; unit < count; unit++) sums[unit] = tanh(sums[unit]!);
      return;
    case 'logistic':
      for (let unit = 0; unit < count; unit++) sums[unit] = sigmoid(sums[unit]!);
  }
}

/** The exponents are never positive: no overflow. */
function tanh(sum: number): number {
  const smaller = portableExp(-2 * Math.abs(sum));
  const magnitude = (1 - smaller) / (1 + smaller);
  return sum < 0 ? -magnitude : magnitude;
}

function sigmoid(sum: number): number {
  const smaller = portableExp(-Math.abs(sum));
  return sum < 0 ? smaller / (1 + smaller) : 1 / (1 + smaller);
}
