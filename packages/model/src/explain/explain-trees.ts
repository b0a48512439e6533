import type { TreeEnsemble } from '../estimator.ts';
import type { BlockExplainer } from './block-explainer.ts';
import { createKernelWalks } from './kernel-walks.ts';
import { createScriptWalks } from './script-walks.ts';
import { createSplitTable } from './split-table.ts';
import {
  childValuesOf,
  completeLastOutput,
  expectedScores,
  leafSumsAreEqual,
} from './tree-outputs.ts';

/**
 * Prepare the exact Shapley values of a checked ensemble, where the value of a set of features is
 * the expected score when only these are known and every other split sends a row both ways, by the
 * cover of its children (Lundberg's path-dependent TreeSHAP).
 *
 * The weight of a set of t out of m features, t! (m - t - 1)! / m!, is the integral of
 * x^t (1 - x)^(m - t - 1) over [0, 1]. So a contribution is the integral, over the chance x that a
 * feature is known, of a polynomial that factors over the splits of a path; a Gauss-Legendre rule
 * gives it exactly. At each point one walk down a tree and one up serve all features at once:
 * O(splits x features of a path) a row, where Lundberg's algorithm takes the square of the latter.
 *
 * @throws {ModelInvalidError} when a tree has no cover to weigh its branches by.
 * @see Lundberg, Erion, Lee 2018, Consistent individualized feature attribution for tree ensembles.
 */
export function createTreeExplanations(trees: TreeEnsemble): BlockExplainer {
  const { outputCount } = trees;
  const table = createSplitTable(trees);
  const isComplete = leafSumsAreEqual(trees);
  const childValues = Array.from({ length: outputCount }, (_, k) => childValuesOf(trees, table, k));
  const walkedOutputs = isComplete ? outputCount - 1 : outputCount;
  const walked = { trees, table, childValues: childValues.slice(0, walkedOutputs) };
  const walk = createKernelWalks(walked) ?? createScriptWalks(walked);
  return {
    baseValues: expectedScores(trees, table, childValues),
    explain(rows) {
      walk(rows);
      if (isComplete) completeLastOutput(rows.contributions, outputCount);
    },
  };
}
