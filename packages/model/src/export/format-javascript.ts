import { checkModel } from '../check-model.ts';
import type { Estimator } from '../estimator.ts';
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

/** JSON that is safe within a script, a page and a comment, whatever the texts in it. */
function quoteData(data: unknown): string {
  return JSON.stringify(data).replace(
    /[</\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function estimatorData(estimator: Estimator): object {
  const { kind, link, outputCount } = estimator;
  const trees = estimator.kind === 'tree_ensemble' ? estimator : undefined;
  const sets = trees?.categorySets;
  const treeCount = trees ? trees.treeStarts.length - 1 : 0;
  const list = (values: ArrayLike<number> | undefined) => Array.from(values ?? []);
  return {
    kind,
    link,
    outputCount,
    divisor: trees?.aggregation === 'mean' ? treeCount : 1,
    roots: list(trees?.treeStarts.subarray(0, treeCount)),
    feature: list(trees?.splitFeature),
    threshold: list(trees?.threshold).map(numberOrWord),
    left: list(trees?.leftChild),
    right: list(trees?.rightChild),
    missingLeft: list(trees?.missingLeft),
    leaf: list(trees?.leafIndex),
    values: list(estimator.kind === 'linear' ? estimator.coefficients : estimator.leafValues),
    base: list(estimator.kind === 'linear' ? estimator.intercepts : estimator.baseScore),
    setOf: list(sets?.setOf),
    setStarts: list(sets?.starts),
    setWords: list(sets?.words),
  };
}

function numberOrWord(value: number): number | string {
  if (Number.isFinite(value)) return value;
  return value > 0 ? 'inf' : '-inf';
}
