import type { BlockScorer } from './block-scorer.ts';
import type { TreeEnsemble } from './estimator.ts';
import { createKernelScorer } from './score-trees-kernels.ts';
import { createScriptScorer } from './score-trees-script.ts';

/** Prepare the raw scores of a checked ensemble, in WebAssembly where that can be; the bits are alike. */
export function createTreeScorer(trees: TreeEnsemble): BlockScorer {
  return createKernelScorer(trees) ?? createScriptScorer(trees);
}
