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

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export function addScaled(target: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * values[i]!;
}
