import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import { assembleForest } from '../../src/assemble-forest.ts';
import type { TreeEnsemble } from '../../src/estimator.ts';
import { createTreeExplainer } from '../../src/explain/create-explainer.ts';
import type { GrownTree } from '../../src/grown-tree.ts';
import { predictMatrix } from '../../src/predict-matrix.ts';
import { runPython, whyNoPython } from './run-python.ts';

interface PlainTree {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly feature: readonly number[];
  /** null = Infinity. */
  readonly threshold: readonly (number | null)[];
  readonly missingLeft: readonly number[];
  readonly cover: readonly number[];
  /** Nodes x outputs. */
  readonly values: readonly (readonly number[])[];
}

interface ForestCase {
  readonly name: string;
  readonly trees: readonly PlainTree[];
  readonly columns: readonly (readonly (number | null)[])[];
  readonly baseValues: readonly number[];
  /** Rows x features x outputs. */
  readonly contributions: readonly (readonly (readonly number[])[])[];
  readonly scores: readonly (readonly number[])[];
}

const reason = whyNoPython('shap') ?? whyNoPython('sklearn');

describe.skipIf(reason !== undefined)(`shap in Python${reason ? ` (${reason})` : ''}`, () => {
  const cases = reason === undefined ? readCases() : [];

  it('is asked about classification, regression and missing values', () => {
    expect(cases.map(({ name }) => name)).toEqual([
      'two classes',
      'three classes, full depth, weighted',
      'regression',
      'regression with missing values',
    ]);
  });

  it.each(cases)('gives the contributions that we give: $name', (forest) => {
    const trees = carryOver(forest);
    const matrix = matrixOf(forest);
    const scale = Math.max(...forest.scores.flat().map(Math.abs));
    predictMatrix(trees, matrix).forEach((score, at) => {
      const row = Math.floor(at / trees.outputCount);
      const expected = forest.scores[row]![at % trees.outputCount]!;
      expect(Math.abs(score - expected)).toBeLessThan(1e-9 * scale);
    });
    const { baseValues, contributions } = createTreeExplainer(trees)(matrix);
    forest.baseValues.forEach((expected, k) => {
      expect(Math.abs(baseValues[k]! - expected)).toBeLessThan(1e-6 * Math.max(1, scale));
    });
    forest.contributions.flat(2).forEach((expected, at) => {
      expect(Math.abs(contributions[at]! - expected)).toBeLessThan(1e-6);
    });
    expect(contributions.length).toBe(forest.contributions.flat(2).length);
  });
});

function readCases(): readonly ForestCase[] {
  const printed = runPython('scikit_learn_forests.py') as { readonly cases: readonly ForestCase[] };
  return printed.cases;
}

function matrixOf({ columns }: ForestCase): FeatureMatrix {
  return {
    rowCount: columns[0]!.length,
    features: columns.map((_, i) => ({ name: `x${i}`, kind: 'numeric' })),
    columns: columns.map((column) => Float64Array.from(column, (value) => value ?? NaN)),
  };
}

function carryOver({ trees }: ForestCase): TreeEnsemble {
  const outputCount = trees[0]!.values[0]!.length;
  return assembleForest(trees.map(grownTree), { outputCount, aggregation: 'mean' });
}

/** scikit-learn's leaves have the children -1; every node holds values, of which we take the leaves'. */
function grownTree(tree: PlainTree): GrownTree {
  const isLeaf = tree.left.map((child) => child < 0);
  let leafCount = 0;
  return {
    splitFeature: Int32Array.from(tree.feature, (feature, n) => (isLeaf[n] ? -1 : feature)),
    threshold: Float64Array.from(tree.threshold, (threshold) => threshold ?? Infinity),
    leftChild: Int32Array.from(tree.left),
    rightChild: Int32Array.from(tree.right),
    missingLeft: Uint8Array.from(tree.missingLeft),
    leafIndex: Int32Array.from(isLeaf, (leaf) => (leaf ? leafCount++ : -1)),
    leafValues: Float64Array.from(tree.values.filter((_, n) => isLeaf[n]).flat()),
    cover: Float64Array.from(tree.cover),
  };
}
