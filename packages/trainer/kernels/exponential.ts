import { ROUNDER } from '../src/kernels/rounder';

/**
 * e to the power of `x`, |x| at most 700: the same additions and multiplications as its twin, so
 * the same bits.
 */
export function exponential(x: f64): f64 {
  const shifted = x * 1.4426950408889634 + ROUNDER;
  const power = shifted - ROUNDER;
  const rest = x - power * 0.6931471803691238 - power * 1.9082149292705877e-10;
  let sum = 1.0 / 479001600.0;
  sum = sum * rest + 1.0 / 39916800.0;
  sum = sum * rest + 1.0 / 3628800.0;
  sum = sum * rest + 1.0 / 362880.0;
  sum = sum * rest + 1.0 / 40320.0;
  sum = sum * rest + 1.0 / 5040.0;
  sum = sum * rest + 1.0 / 720.0;
  sum = sum * rest + 1.0 / 120.0;
  sum = sum * rest + 1.0 / 24.0;
  sum = sum * rest + 1.0 / 6.0;
  sum = sum * rest + 0.5;
  sum = sum * rest + 1.0;
  sum = sum * rest + 1.0;
  return sum * reinterpret<f64>((reinterpret<i64>(shifted) + 1023) << 52);
}
