import type { JsonValue, Task } from '@gnu-mlops/core';

/** One setting of an algorithm. */
export interface Hyperparameter {
  /** What it is when it is not given; it may depend on the task. */
  readonly defaultFor: (task: Task) => JsonValue;
  /** The values it takes, in words that complete "it must be ...". */
  readonly accepts: string;
  readonly isValid: (value: JsonValue, task: Task) => boolean;
  /** What is wrong with a valid value's parts, as a coded error that names the part. */
  readonly check?: (value: JsonValue, task: Task) => void;
  /** One line on what it does. */
  readonly description: string;
}

/** A whole number from `least` upwards. */
export function isCount(value: JsonValue, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

/** A finite number above 0. */
export function isPositive(value: JsonValue): value is number {
  return typeof value === 'number' && value > 0 && value < Infinity;
}

/** `balanced`, null, or a map from class name to a weight above 0. */
export function isClassWeight(value: JsonValue, task: Task): boolean {
  if (value === null) return true;
  if (task === 'regression') return false;
  if (value === 'balanced') return true;
  return (
    typeof value === 'object' && !Array.isArray(value) && Object.values(value).every(isPositive)
  );
}
