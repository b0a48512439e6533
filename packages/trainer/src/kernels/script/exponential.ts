import { ROUNDER } from '../rounder.ts';

/** 2^-1022 and every power of two after it that a double holds. */
const POWERS = powersOfTwo();

/** e to the power of `x`, |x| at most 700: the same bits on every engine, and as the kernel's. */
export function exponential(x: number): number {
  const shifted = x * 1.4426950408889634 + ROUNDER;
  const power = shifted - ROUNDER;
  const rest = x - power * 0.6931471803691238 - power * 1.9082149292705877e-10;
  let sum = 1 / 479001600;
  sum = sum * rest + 1 / 39916800;
  sum = sum * rest + 1 / 3628800;
  sum = sum * rest + 1 / 362880;
  sum = sum * rest + 1 / 40320;
  sum = sum * rest + 1 / 5040;
  sum = sum * rest + 1 / 720;
  sum = sum * rest + 1 / 120;
  sum = sum * rest + 1 / 24;
  sum = sum * rest + 1 / 6;
  sum = sum * rest + 0.5;
  sum = sum * rest + 1;
  sum = sum * rest + 1;
  return sum * POWERS[power + 1022]!;
}

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2046);
  powers[1022] = 1;
  for (let i = 1023; i < 2046; i++) powers[i] = powers[i - 1]! * 2;
  for (let i = 1021; i >= 0; i--) powers[i] = powers[i + 1]! / 2;
  return powers;
}
