import { describe, expect, it } from 'vitest';
import { applyClassWeight } from '../src/class-weights.ts';
import type { ClassTarget, TrainingSet } from '../src/training-set.ts';
import { matrixOf } from './matrix-of.ts';

function setOf(labels: number[], weights: number[]): TrainingSet<ClassTarget> {
  return {
    matrix: matrixOf([labels]),
    target: { task: 'classification', labels: Int32Array.from(labels), classCount: 3 },
    weights: Float64Array.from(weights),
    seed: 0,
  };
}

describe('applyClassWeight', () => {
  it('leaves the weights alone without one', () => {
    expect([...applyClassWeight(setOf([0, 1], [2, 3]), null, 'x')]).toEqual([2, 3]);
  });

  it('balances the classes that have rows', () => {
    const weights = applyClassWeight(setOf([0, 0, 0, 1], [1, 1, 1, 1]), 'balanced', 'x');
    expect([...weights]).toEqual([4 / 6, 4 / 6, 4 / 6, 2]);
  });

  it('balances weights rather than rows', () => {
    const weights = applyClassWeight(setOf([0, 1], [3, 1]), 'balanced', 'x');
    expect([...weights]).toEqual([2, 2]);
  });

  it('multiplies by the weights of a map, by class code where classes have no names', () => {
    const weights = applyClassWeight(setOf([0, 1, 2], [1, 2, 3]), { 2: 10 }, 'x');
    expect([...weights]).toEqual([1, 2, 30]);
  });
});
