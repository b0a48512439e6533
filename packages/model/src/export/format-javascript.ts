import { checkModel } from '../check-model.ts';
import type { Estimator, TreeEnsemble } from '../estimator.ts';
import type { Model } from '../model.ts';
import { featureFormulas } from './feature-formulas.ts';
import { moduleSource } from './module-source.ts';

/** How a standalone module is written. */
export interface JavaScriptOptions {
  /** `js`: an ECMAScript module; `ts`: the same with types. */
  readonly module: 'js' | 'ts';
}

/**
 * Write a model as a module without dependencies that exports `predict(row)`, `classes` and
 * `inputs`: the whole pipeline from raw columns, with the same scores to the bit. The model is data
 * in it; names and categories only ever stand in string literals of plain ASCII.
 *
 * @throws {ModelInvalidError} when the model's parts do not fit together.
 */
export function formatJavaScript(model: Model, { module }: JavaScriptOptions): string {
  checkModel(model);
  const data = {
    task: model.task,
    classes: model.target.classes ?? [],
    calibration: model.calibration ?? null,
    threshold: thresholdData(model),
    inputs: model.recipe.inputs.map(({ name, type }) => ({ name, type })),
    ...featureFormulas(model.recipe),
    estimator: estimatorData(model.estimator),
  };
  const literal = quoteData(data);
  const types = /\/\*! ([^]*?) !\*\//;
  const source =
    module === 'ts'
      ? moduleSource
          .replace(types, (_, declarations: string) => declarations)
          .replace(/\/\*(:[^]*?|!)\*\//g, (_, annotation: string) => annotation)
      : moduleSource.replace(types, '').replace(/\/\*(?::[^]*?|!)\*\//g, '');
  const annotation = module === 'ts' ? ': Data' : '';
  return `// A model as a module: predict({ ... }) scores one row. Written by @gnu-mlops/model.\nconst data${annotation} = ${literal};\n${source}`;
}

function thresholdData({ target, threshold }: Model): object | null {
  if (threshold === undefined) return null;
  return { code: target.classes!.indexOf(threshold.positiveClass), value: threshold.value };
}

/** JSON that is safe within a script, a page and a comment, whatever the texts in it. */
function quoteData(data: unknown): string {
  return JSON.stringify(data).replace(
    /[</\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function estimatorData(estimator: Estimator): object {
  const { kind, link, outputCount } = estimator;
  const shared = { kind, link, outputCount };
  switch (estimator.kind) {
    case 'linear':
      return {
        ...shared,
        ...lists({ values: estimator.coefficients, base: estimator.intercepts }),
      };
    case 'neural_network': {
      const { layerSizes, weights, biases, activation } = estimator;
      return { ...shared, activation, ...lists({ layerSizes, values: weights, base: biases }) };
    }
    case 'tree_ensemble':
      return { ...shared, ...treeData(estimator) };
    case 'ensemble': {
      const { members, combination } = estimator;
      return {
        ...shared,
        members: members.map(estimatorData),
        ...(combination.kind === 'mean'
          ? lists({ weights: combination.weights })
          : { final: estimatorData(combination.final), passthrough: combination.passthrough }),
      };
    }
  }
}

function treeData(trees: TreeEnsemble): object {
  const treeCount = trees.treeStarts.length - 1;
  return {
    divisor: trees.aggregation === 'mean' ? treeCount : 1,
    threshold: Array.from(trees.threshold, numberOrWord),
    ...lists({
      roots: trees.treeStarts.subarray(0, treeCount),
      feature: trees.splitFeature,
      left: trees.leftChild,
      right: trees.rightChild,
      missingLeft: trees.missingLeft,
      leaf: trees.leafIndex,
      values: trees.leafValues,
      base: trees.baseScore,
      setOf: trees.categorySets?.setOf ?? [],
      setStarts: trees.categorySets?.starts ?? [],
      setWords: trees.categorySets?.words ?? [],
    }),
  };
}

function lists(arrays: { readonly [name: string]: ArrayLike<number> }): object {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, values]) => [name, Array.from(values)]),
  );
}

/** Infinity is no JSON. */
function numberOrWord(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
