import type { Pace } from '../pace.ts';

/** A smooth convex function to minimise; one question at a time. */
export interface Objective {
  /** Unknowns. */
  readonly size: number;
  /** By which it is evaluated, and minimised. */
  readonly pace: Pace;
  /** The value at `point`; its gradient is written into `gradient`. Both have length `size`. */
  readonly evaluate: (point: Float64Array, gradient: Float64Array) => Promise<number>;
  /** Second derivatives at `point`: size x size, row-major, symmetric, positive definite or nearly so. */
  readonly curvature: (point: Float64Array) => Promise<Float64Array>;
}

/** When to stop. */
export interface StopRule {
  /** The largest entry of the gradient that counts as none. */
  readonly tol: number;
  readonly maxIterations: number;
}

/** Where a minimiser ended. */
export interface Minimum {
  readonly point: Float64Array;
  readonly iterations: number;
  /** The largest entry of the gradient, by magnitude. */
  readonly gradient: number;
  readonly converged: boolean;
}

/** The largest magnitude in `values`. */
export function largestMagnitude(values: Float64Array): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}

/**
 * The power of two in which a number, from 0 on, is from 1 to 2; of 0 it is 1. Dividing by it changes no
 * digit, and brings squares within what doubles hold.
 */
export function binaryUnit(largest: number): number {
  return largest === 0 ? 1 : 2 ** Math.floor(Math.log2(largest));
}

/** The inner product. Four sums at a time: an addition need not wait for the one before it. */
export function dot(a: Float64Array, b: Float64Array): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let i = 0;
  for (; i + 3 < a.length; i += 4) {
    first += a[i]! * b[i]!;
    second += a[i + 1]! * b[i + 1]!;
    third += a[i + 2]! * b[i + 2]!;
    fourth += a[i + 3]! * b[i + 3]!;
  }
  for (; i < a.length; i++) first += a[i]! * b[i]!;
  return first + second + (third + fourth);
}

export function addScaled(target: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * values[i]!;
}
