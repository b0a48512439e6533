import { binaryUnit, largestMagnitude } from '../linear/objective.ts';
import type { ForestData } from './forest-data.ts';
import type { ForestTree } from './grow-forest.ts';

/** From its inverse up to here, squares of sums of weighted targets stay what doubles hold. */
const SAFE_UNIT = 2 ** 100;

/** Rows whose targets and weights are neither huge nor tiny, and the way back. */
export interface OrdinaryUnits {
  readonly data: ForestData;
  /** A tree of these rows as one of the rows that were given. */
  readonly restore: (grown: ForestTree) => ForestTree;
}

/** Divide huge or tiny targets and weights by powers of two, which changes no digit of a tree. */
export function toOrdinaryUnits(data: ForestData): OrdinaryUnits {
  const { target, weights } = data;
  const targetUnit = target.task === 'regression' ? unitOf(target.values) : 1;
  const weightUnit = unitOf(weights);
  if (targetUnit === 1 && weightUnit === 1) return { data, restore: (grown) => grown };
  return {
    data: {
      ...data,
      target:
        target.task === 'regression'
          ? { ...target, values: target.values.map((value) => value / targetUnit) }
          : target,
      weights: weights.map((weight) => weight / weightUnit),
    },
    restore: ({ tree, gains }) => ({
      tree: {
        ...tree,
        leafValues: tree.leafValues.map((value) => value * targetUnit),
        cover: tree.cover.map((weight) => weight * weightUnit),
      },
      gains,
    }),
  };
}

function unitOf(values: Float64Array): number {
  const unit = binaryUnit(largestMagnitude(values));
  return unit >= 1 / SAFE_UNIT && unit <= SAFE_UNIT ? 1 : unit;
}
