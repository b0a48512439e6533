import { measureRegression } from '@gnu-mlops/core';
import type { TreeEnsemble } from '@gnu-mlops/model';
import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import type { Pace } from '../pace.ts';
import type { TrainingSet } from '../training-set.ts';
import { drawBootstrap } from './draw-bootstrap.ts';

/** Multiplications that a row's way through a tree is worth. */
const WALK_WORK = 20;

/**
 * Score every row with the trees whose bag it is not in, drawing the bags anew from the seed. The pace
 * may rest between trees.
 *
 * @returns accuracy, or R2, over the rows that at least one tree has not seen; NaN without any.
 */
export async function scoreOutOfBag(
  forest: TreeEnsemble,
  set: TrainingSet,
  pace: Pace,
): Promise<number> {
  const { matrix, target, seed } = set;
  const { outputCount } = forest;
  const sums = new Float64Array(matrix.rowCount * outputCount);
  const treesSeen = new Int32Array(matrix.rowCount);
  for (let tree = 0; tree + 1 < forest.treeStarts.length; tree++) {
    const multiplicity = drawBootstrap(matrix.rowCount, { seed, tree });
    for (let row = 0; row < matrix.rowCount; row++) {
      if (multiplicity[row]! > 0) continue;
      treesSeen[row]! += 1;
      const leaf = leafOf(forest, forest.treeStarts[tree]!, { matrix, row });
      for (let k = 0; k < outputCount; k++) {
        sums[row * outputCount + k]! += forest.leafValues[leaf * outputCount + k]!;
      }
    }
    if (pace.isDue(WALK_WORK * matrix.rowCount)) await pace.rest();
  }
  const scored = Int32Array.from(treesSeen.keys()).filter((row) => treesSeen[row]! > 0);
  if (target.task === 'regression') {
    return measureRegression(
      Float64Array.from(scored, (row) => target.values[row]!),
      Float64Array.from(scored, (row) => sums[row]! / treesSeen[row]!),
    ).r2;
  }
  const hits = scored.filter((row) => {
    const shares = sums.subarray(row * outputCount, (row + 1) * outputCount);
    return shares.indexOf(Math.max(...shares)) === target.labels[row];
  });
  return hits.length / scored.length;
}

function leafOf(
  forest: TreeEnsemble,
  root: number,
  { matrix, row }: { matrix: FeatureMatrix; row: number },
): number {
  let node = root;
  while (forest.leafIndex[node]! < 0) {
    const value = matrix.columns[forest.splitFeature[node]!]![row]!;
    const goesLeft = Number.isNaN(value)
      ? forest.missingLeft[node] === 1
      : value <= forest.threshold[node]!;
    node = goesLeft ? forest.leftChild[node]! : forest.rightChild[node]!;
  }
  return forest.leafIndex[node]!;
}
