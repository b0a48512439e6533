import type { JsonValue } from '@gnu-mlops/core';

/** A number, drawn evenly between its bounds or, on the `log` scale, evenly in its logarithm. */
export interface FloatDimension {
  readonly kind: 'float';
  readonly low: number;
  /** Included. Above `low`. */
  readonly high: number;
  /** Default `linear`; `log` needs `low` above 0. */
  readonly scale?: 'linear' | 'log';
}

/** A whole number among `low`, `low + step`, ... up to `high`. */
export interface IntDimension {
  readonly kind: 'int';
  readonly low: number;
  /** The last of the values where the steps end on it. At least `low`. */
  readonly high: number;
  /** Default `linear`; `log` needs `low` of at least 1, and a step of 1. */
  readonly scale?: 'linear' | 'log';
  /** Default 1. */
  readonly step?: number;
}

/** One of some values without an order. */
export interface CategoricalDimension {
  readonly kind: 'categorical';
  /** At least one, each once. */
  readonly values: readonly JsonValue[];
}

/** The values that one hyperparameter may take. */
export type Dimension = FloatDimension | IntDimension | CategoricalDimension;

/** What a search tries: hyperparameters by name, and the values that each may take. */
export type SearchSpace = { readonly [hyperparameter: string]: Dimension };

/** The greatest value of an int dimension that its steps reach. */
export function lastStep({ low, high, step = 1 }: IntDimension): number {
  return low + Math.floor((high - low) / step) * step;
}
