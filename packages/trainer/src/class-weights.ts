import type { JsonValue } from '@gnu-mlops/core';
import { HyperparameterInvalidError } from './errors.ts';
import { type ClassTarget, type WeightedRows, className } from './training-set.ts';

/** `balanced`: each class weighs the same in all; a map: class name to weight, others 1; null: 1. */
export type ClassWeight = 'balanced' | { readonly [className: string]: number } | null;

/**
 * Multiply each row's weight by the weight of its class.
 *
 * @returns one weight a row.
 * @throws {HyperparameterInvalidError} when the map names a class that the target does not have.
 * @see scikit-learn compute_class_weight: `balanced` is rows / (classes x rows of the class), here
 *   with the rows' weights, over the classes that have rows.
 */
export function applyClassWeight(
  { target, weights }: WeightedRows<ClassTarget>,
  classWeight: ClassWeight,
  algorithm: string,
): Float64Array {
  if (classWeight === null) return weights;
  const factors =
    classWeight === 'balanced'
      ? balancedFactors(target, weights)
      : namedFactors(target, classWeight, algorithm);
  return weights.map((weight, row) => weight * factors[target.labels[row]!]!);
}

function balancedFactors(target: ClassTarget, weights: Float64Array): Float64Array {
  const perClass = new Float64Array(target.classCount);
  target.labels.forEach((label, row) => (perClass[label]! += weights[row]!));
  const total = perClass.reduce((sum, weight) => sum + weight, 0);
  const present = perClass.filter((weight) => weight > 0).length;
  return perClass.map((weight) => total / (present * weight));
}

function namedFactors(
  target: ClassTarget,
  byName: { readonly [className: string]: number },
  algorithm: string,
): Float64Array {
  const names = Array.from({ length: target.classCount }, (_, code) => className(target, code));
  const stranger = Object.keys(byName).find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw new HyperparameterInvalidError(algorithm, 'class_weight', {
      value: byName as JsonValue,
      accepts: `a map over the classes ${names.join(', ')}`,
    });
  }
  return Float64Array.from(names, (name) => (Object.hasOwn(byName, name) ? byName[name]! : 1));
}
