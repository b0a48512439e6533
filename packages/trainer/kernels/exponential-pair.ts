import { ROUNDER } from '../src/kernels/rounder';

/**
 * e to the power of each of two numbers, kept within 700 of 0: the same additions and
 * multiplications as the twin's, so the same bits.
 */
export function exponentialPair(numbers: v128): v128 {
  const rounder = f64x2.splat(ROUNDER);
  const x = f64x2.pmin(f64x2.pmax(numbers, f64x2.splat(-700.0)), f64x2.splat(700.0));
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(1.4426950408889634)), rounder);
  const power = f64x2.sub(shifted, rounder);
  const high = f64x2.mul(power, f64x2.splat(0.6931471803691238));
  const low = f64x2.mul(power, f64x2.splat(1.9082149292705877e-10));
  const rest = f64x2.sub(f64x2.sub(x, high), low);
  let sum = f64x2.splat(1.0 / 479001600.0);
  sum = step(sum, rest, 1.0 / 39916800.0);
  sum = step(sum, rest, 1.0 / 3628800.0);
  sum = step(sum, rest, 1.0 / 362880.0);
  sum = step(sum, rest, 1.0 / 40320.0);
  sum = step(sum, rest, 1.0 / 5040.0);
  sum = step(sum, rest, 1.0 / 720.0);
  sum = step(sum, rest, 1.0 / 120.0);
  sum = step(sum, rest, 1.0 / 24.0);
  sum = step(sum, rest, 1.0 / 6.0);
  sum = step(sum, rest, 0.5);
  sum = step(sum, rest, 1.0);
  sum = step(sum, rest, 1.0);
  const exponent = i64x2.shl(i64x2.add(shifted, i64x2.splat(1023)), 52);
  return f64x2.mul(sum, exponent);
}

function step(sum: v128, rest: v128, coefficient: f64): v128 {
  return f64x2.add(f64x2.mul(sum, rest), f64x2.splat(coefficient));
}
