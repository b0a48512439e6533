import type { TreeEnsemble } from '@gnu-mlops/model';
import type { FeatureMatrix } from '@gnu-mlops/preprocess';

/** The mean of the trees' leaves, by the plainest walk: rows x outputs, row-major. */
export function scoreForest(forest: TreeEnsemble, matrix: FeatureMatrix): number[] {
  const treeCount = forest.treeStarts.length - 1;
  const { outputCount } = forest;
  const outputs = new Array<number>(matrix.rowCount * outputCount).fill(0);
  for (let row = 0; row < matrix.rowCount; row++) {
    for (let tree = 0; tree < treeCount; tree++) {
      let node = forest.treeStarts[tree]!;
      while (forest.splitFeature[node]! >= 0) {
        const value = matrix.columns[forest.splitFeature[node]!]![row]!;
        const isLeft = Number.isNaN(value)
          ? forest.missingLeft[node] === 1
          : value <= forest.threshold[node]!;
        node = isLeft ? forest.leftChild[node]! : forest.rightChild[node]!;
      }
      for (let k = 0; k < outputCount; k++) {
        const leaf = forest.leafIndex[node]! * outputCount + k;
        outputs[row * outputCount + k]! += forest.leafValues[leaf]! / treeCount;
      }
    }
  }
  return outputs;
}
