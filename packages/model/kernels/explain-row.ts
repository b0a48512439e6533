import {
  EXPLAINED_OUTPUTS,
  EXPLAINED_TREES,
  EXPLAINED_TREE_COUNT,
  TREE_BYTES,
  TREE_WALKS,
} from '../src/kernels/split-layout';
import { collectContributions } from './collect-contributions';
import { spreadWeights } from './spread-weights';
import { takeTurns } from './take-turns';

/** Add what each feature contributes to a row's scores, tree by tree; each tree has a split. */
export function explainRow(job: usize): void {
  const outputs = load<u32>(job, EXPLAINED_OUTPUTS);
  let tree = <usize>load<u32>(job, EXPLAINED_TREES);
  const end = tree + <usize>load<u32>(job, EXPLAINED_TREE_COUNT) * TREE_BYTES;
  for (; tree < end; tree += TREE_BYTES) {
    takeTurns(job, tree);
    const walks = load<u32>(tree, TREE_WALKS);
    for (let walk = <u32>0; walk < walks; walk++) {
      spreadWeights(job, tree, walk);
      for (let output = <u32>0; output < outputs; output++) {
        collectContributions(job, tree, walk, output);
      }
    }
  }
}
