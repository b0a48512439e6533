import { createRandom, shuffle } from '@gnu-mlops/core';
import { dealInOrder } from '../split-in-order.ts';
import type { WeightedRows } from '../training-set.ts';
import { numberEqualRows } from './equal-rows.ts';

/** Rows to learn from and rows to predict. */
export interface StackingFold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Rows of equal features are dealt together where none of their groups is heavier than this. */
const HEAVIEST_GROUP = 0.04;

/** Of a seed: the order in which rows are dealt. */
const FOLD_STREAM = 32;

/**
 * Deal rows at random into folds that keep the classes' proportions. Rows of equal features stay
 * together, so that no copy of a row is among those that predict it, and a weight means the row
 * repeated; but where one group of equals weighs more than a twenty-fifth of all, which makes folds
 * unlike each other, each row is dealt by itself.
 *
 * Rows that have groups or times are dealt by those instead: whole groups, or stretches of time each
 * after all rows that predict it, where the first stretch is in no test.
 *
 * @returns undefined where there is less to deal than there are folds.
 * @throws {SplitInvalidError} when groups or times cannot be dealt into so many folds.
 */
export function dealStackingFolds(
  { matrix, target, weights, groups, times }: WeightedRows,
  { folds, seed }: { readonly folds: number; readonly seed: number },
): StackingFold[] | undefined {
  const labels = target.task === 'classification' ? { labels: target.labels } : {};
  const ordered = dealInOrder({ groups, times, ...labels }, { folds, seed });
  if (ordered !== undefined) return ordered;
  const { rowCount } = matrix;
  const unitOf = dealtTogether(numberEqualRows(matrix), weights);
  const unitCount = unitOf.reduce((most, unit) => Math.max(most, unit + 1), 0);
  if (unitCount < folds) return undefined;
  const classCount = target.task === 'classification' ? target.classCount : 1;
  const units: number[][] = Array.from({ length: classCount }, () => []);
  const isKnown = new Uint8Array(unitCount);
  for (let row = 0; row < rowCount; row++) {
    const unit = unitOf[row]!;
    if (isKnown[unit] === 1) continue;
    isKnown[unit] = 1;
    units[target.task === 'classification' ? target.labels[row]! : 0]!.push(unit);
  }
  const random = createRandom(seed, FOLD_STREAM);
  const foldOf = new Int32Array(unitCount);
  // Going on with the next fold where the last class ended keeps the folds' sizes equal.
  units.flatMap((own) => shuffle(own, random)).forEach((unit, at) => (foldOf[unit] = at % folds));
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  return Array.from({ length: folds }, (_, fold) => ({
    train: rows.filter((row) => foldOf[unitOf[row]!] !== fold),
    test: rows.filter((row) => foldOf[unitOf[row]!] === fold),
  }));
}

function dealtTogether(groups: Int32Array, weights: Float64Array): Int32Array {
  const groupWeights = new Float64Array(groups.length);
  groups.forEach((group, row) => (groupWeights[group]! += weights[row]!));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const isHeavy = groupWeights.some((weight) => weight > HEAVIEST_GROUP * total);
  return isHeavy ? Int32Array.from(groups, (_, row) => row) : groups;
}
