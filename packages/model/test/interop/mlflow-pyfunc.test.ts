import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Table,
  columnNamed,
  createColumnBuilder,
  createRandom,
  createTable,
  dropColumns,
  rowAt,
} from '@gnu-mlops/core';
import { readCsv } from '@gnu-mlops/data';
import {
  type Expression,
  type FeatureMatrix,
  type RecipeSpec,
  defaultRecipeSpec,
  encodeTarget,
  fitRecipe,
  transformTable,
} from '@gnu-mlops/preprocess';
import { sharedDataPath, temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { assembleForest } from '../../src/assemble-forest.ts';
import { stackedFeatures } from '../../src/ensemble/stacked-features.ts';
import type { Estimator, SingleEstimator } from '../../src/estimator.ts';
import { formatModelFolder } from '../../src/folder/model-folder.ts';
import type { Model } from '../../src/model.ts';
import { predictMatrix } from '../../src/predict-matrix.ts';
import { predictTable } from '../../src/predict-table.ts';
import type { ClassPredictions } from '../../src/predictions.ts';
import { calibrated } from '../fixtures/calibrated-models.ts';
import { drawNetwork } from '../fixtures/draw-network.ts';
import { growExtraTree } from '../fixtures/extra-trees.ts';
import { runPython, whyNoPython } from './run-python.ts';

const reason = whyNoPython('mlflow, onnx, onnxruntime');
type SingleFamily = 'trees' | 'boosted' | 'linear' | 'network';
type Family = SingleFamily | 'vote' | 'stack' | 'stacked_trees';
const treeFamilies: readonly Family[] = ['trees', 'boosted'];

const amount = { column: 'amount' };
const size = { column: 'size' };

/** Formulas at the edges of where they have a value. */
const oddFormulas: { readonly [name: string]: Expression } = {
  ratio: { call: 'divide', of: [amount, { call: 'max', of: [size, 0] }] },
  chosen: {
    call: 'if',
    of: [{ call: 'larger', of: [amount, size] }, { call: 'negate', of: [size] }, 3],
  },
  filled: {
    call: 'coalesce',
    of: [{ call: 'sqrt', of: [amount] }, { call: 'abs', of: [size] }, 7],
  },
  both: {
    call: 'and',
    of: [
      { call: 'smaller_or_equal', of: [amount, size] },
      { call: 'not', of: [{ column: 'flag' }] },
    ],
  },
  huge: { call: 'exp', of: [{ call: 'multiply', of: [amount, 1000] }] },
  logs: {
    call: 'add',
    of: [
      { call: 'log', of: [amount] },
      { call: 'log1p', of: [size] },
    ],
  },
};

/** A model of a kind for real rows; its linear coefficients are drawn, not learnt. */
function makeModel(table: Table, target: string, family: Family, spec?: RecipeSpec): Model {
  const encoded = encodeTarget(columnNamed(table, target), { name: target });
  const raw = dropColumns(table, [target]);
  const wanted = treeFamilies.includes(family) ? 'trees' : 'linear';
  const steps = spec ?? defaultRecipeSpec(raw, { for: wanted });
  const recipe = fitRecipe(table, steps, { target });
  const classCount = encoded.task === 'classification' ? encoded.classes.length : 1;
  return {
    task: encoded.task,
    target: {
      name: target,
      ...(encoded.task === 'classification' && { classes: encoded.classes }),
    },
    signature: {
      inputs: recipe.inputs,
      outputs: [{ name: 'prediction', type: 'string', required: true }],
    },
    recipe,
    estimator: makeEstimator(family, classCount),
    provenance: {
      algorithm: 'by_hand',
      hyperparameters: {},
      seed: 5,
      dataDigest: 'none',
      trainingRows: table.rowCount,
      versions: {},
      metrics: {},
    },
  };

  function makeEstimator(kind: Family, classes: number): Estimator {
    const matrix = transformTable(raw, recipe);
    if (kind !== 'vote' && kind !== 'stack' && kind !== 'stacked_trees') {
      return makeSingle(kind, classes, matrix);
    }
    const families: readonly SingleFamily[] = ['trees', 'boosted', 'linear', 'network'];
    const members = families.map((member) => makeSingle(member, classes, matrix));
    const shared = { kind: 'ensemble', outputCount: classes, members, link: 'identity' } as const;
    if (kind === 'vote') {
      const weights = Float64Array.of(0.4, 0.3, 0.2, 0.1);
      return { ...shared, combination: { kind: 'mean', weights } };
    }
    const passthrough = kind === 'stack';
    const stacked = stackedFeatures(
      members.map((member) => ({ outputs: predictMatrix(member, matrix), width: classes })),
      matrix.rowCount,
      passthrough ? matrix : undefined,
    );
    // Thresholds just off the values: in the last bits, what members say differs in Python.
    const columns = stacked.columns.map((column) => column.map((value) => value * (1 + 1e-10)));
    const near = { ...stacked, columns };
    const final = makeSingle(passthrough ? 'network' : 'boosted', classes, near);
    return { ...shared, combination: { kind: 'stack', final, passthrough } };
  }

  function makeSingle(kind: SingleFamily, classes: number, matrix: FeatureMatrix): SingleEstimator {
    const random = createRandom(5);
    if (kind === 'network') {
      const outputCount = classes === 2 ? 1 : classes;
      const link = classes === 1 ? 'identity' : classes === 2 ? 'logistic' : 'softmax';
      const activation = ({ 1: 'logistic', 2: 'relu' } as const)[classes] ?? 'tanh';
      const layerSizes = [matrix.columns.length, 8, 5, outputCount];
      return drawNetwork(random, { layerSizes, activation, link });
    }
    if (kind === 'linear') {
      const outputCount = classes === 2 ? 1 : classes;
      const draw = (length: number) => Float64Array.from({ length }, random.nextNormal);
      return {
        kind: 'linear',
        outputCount,
        coefficients: draw(outputCount * matrix.columns.length),
        intercepts: draw(outputCount),
        link: classes === 1 ? 'identity' : classes === 2 ? 'logistic' : 'softmax',
      };
    }
    const targets = new Float64Array(table.rowCount * classes);
    for (let row = 0; row < table.rowCount; row++) {
      if (encoded.task === 'regression') targets[row] = encoded.values[row]!;
      else targets[row * classes + encoded.labels[row]!] = 1;
    }
    const shared = { matrix, depth: 6 };
    if (kind === 'trees') {
      const trees = Array.from({ length: 20 }, () =>
        growExtraTree(random, { ...shared, targets, outputCount: classes }),
      );
      return assembleForest(trees, { outputCount: classes, aggregation: 'mean' });
    }
    const outputCount = classes === 2 ? 1 : classes;
    const steps = targets.subarray(0, table.rowCount * outputCount);
    const trees = Array.from({ length: 20 }, () =>
      growExtraTree(random, { ...shared, targets: steps, outputCount }),
    );
    return assembleForest(trees, {
      outputCount,
      aggregation: 'sum',
      baseScore: Array.from({ length: outputCount }, random.nextNormal),
      link: classes === 1 ? 'identity' : classes === 2 ? 'logistic' : 'softmax',
    });
  }
}

/** Let splits on colours and shapes ask for sets: the first is empty, the others drawn. */
function withCategorySets(model: Model): Model {
  const { estimator, recipe } = model;
  if (estimator.kind !== 'tree_ensemble') throw new Error('no trees');
  const random = createRandom(6);
  const words = [0];
  const setOf = estimator.splitFeature.map((feature) =>
    recipe.features[feature]?.kind !== 'categorical' || random.nextInt(4) === 0
      ? -1
      : words.push(random.nextInt(16)) - 1,
  );
  setOf[setOf.findIndex((set) => set >= 0)] = 0;
  const starts = Int32Array.from({ length: words.length + 1 }, (_, set) => set);
  const categorySets = { setOf, starts, words: Int32Array.from(words) };
  return { ...model, estimator: { ...estimator, categorySets } };
}

/** Steps at up to 500 scores that the model gives, no two as close as rounding. */
function withManySteps(model: Model, table: Table): Model {
  const { classes, probabilities } = predictTable(model, table) as ClassPredictions;
  const codes = classes.length === 2 ? [1] : classes.map((_, code) => code);
  const maps = codes.map((code) => {
    const given = probabilities.filter((_, i) => i % classes.length === code);
    const scores = [...given]
      .sort((a, b) => a - b)
      .filter((score, i, all) => i === 0 || score - all[i - 1]! > 1e-7)
      .slice(0, 500);
    // No two classes have a level in common, or rounding would choose between them.
    const level = (i: number) => (Math.floor((i / scores.length) * 50) + code / 7) / 51;
    return { scores, probabilities: scores.map((_, i) => level(i)) };
  });
  return {
    ...model,
    calibration: { method: 'isotonic', classCount: classes.length, maps },
    ...(classes.length === 2 && { threshold: { positiveClass: classes[1]!, value: 0.31 } }),
  };
}

interface Scored {
  readonly all: Record<string, (number | string)[]>;
  readonly first: Record<string, (number | string)[]>;
  /** Name and type of each column, as the signature has them. */
  readonly signature: readonly [name: string, type: string][];
  /** The same of the data frame, in NumPy's words. */
  readonly dtypes: readonly [name: string, type: string][];
}

const dtypes: Record<string, string> = { double: 'float64' };

/** Write each model's folder and rows, let Python score them all, and compare. */
async function expectSameInPython(
  cases: readonly (readonly [Model, Table])[],
  missingText: null | '' = null,
): Promise<void> {
  const root = await temporaryFolder();
  const folders = cases.map(([model, table], i) => {
    const folder = join(root, String(i));
    mkdirSync(folder);
    const files = formatModelFolder(model, { createdAt: '2026-01-31T09:05:00Z' });
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
    const rows = Array.from({ length: table.rowCount }, (_, row) => rowAt(table, row));
    const cells = model.signature.inputs.map(({ name, type }) => [
      name,
      [type, rows.map((row) => row[name] ?? (type === 'string' ? missingText : null))],
    ]);
    writeFileSync(join(folder, 'rows.json'), JSON.stringify(Object.fromEntries(cells)));
    return folder;
  });
  const scored = runPython('score_model_folder.py', ...folders) as Scored[];
  cases.forEach(([model, table], i) => {
    const predictions = predictTable(model, table);
    const { all, first, signature, dtypes: found } = scored[i]!;
    expect(found.map(([name]) => name)).toEqual(signature.map(([name]) => name));
    for (const [at, [, type]] of signature.entries()) {
      if (type in dtypes) expect(found[at]![1]).toBe(dtypes[type]);
      else
        expect([type, found[at]![1]]).toEqual(['string', expect.stringMatching(/^(object|str)$/)]);
    }
    for (const [name, cells] of Object.entries(all)) {
      if (name === 'label') expect(first[name]).toEqual(cells.slice(0, 1));
      else expectClose(first[name]!, [Number(cells[0])]);
    }
    if (predictions.task === 'regression') {
      expectClose(all['prediction']!, [...predictions.values]);
      return;
    }
    const { classes, labels, probabilities } = predictions;
    expect(all['label']).toEqual(Array.from(labels, (label) => classes[label]));
    const ofClass = (k: number) =>
      Array.from(labels, (_, row) => probabilities[row * classes.length + k]!);
    classes.forEach((name, k) => expectClose(all[`probability=${name}`]!, ofClass(k)));
    const largest = Array.from(
      labels,
      (label, row) => probabilities[row * classes.length + label]!,
    );
    expectClose(all['probability']!, largest);
  });
}

function expectClose(found: readonly unknown[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  const error = wanted.reduce(
    (most, score, i) =>
      Math.max(most, Math.abs(Number(found[i]) - score) / Math.max(1, Math.abs(score))),
    0,
  );
  expect(error).toBeLessThan(1e-9);
}

const dataSets = [
  ['telco_customer_churn.csv', 'Churn'],
  ['titanic.csv', 'survived'],
  ['iris.csv', 'species'],
  ['pima_diabetes.csv', 'outcome'],
  ['california_housing.csv', 'median_house_value'],
] as const;

describe.skipIf(reason !== undefined)(
  `mlflow.pyfunc in Python${reason ? ` (${reason})` : ''}`,
  () => {
    for (const [file, target] of dataSets) {
      const path = sharedDataPath(file);
      it.skipIf(path === undefined)(
        `gives our scores on ${file}, by every kind of estimator and ensembles of them`,
        async () => {
          const { table } = await readCsv(path!);
          const ensembles = ['vote', 'stack', 'stacked_trees'] as const;
          const families = ['trees', 'boosted', 'linear', 'network', ...ensembles] as const;
          await expectSameInPython(
            families.map((family) => [makeModel(table, target, family), table] as const),
          );
        },
      );
    }

    for (const [file, target] of dataSets.slice(0, 3)) {
      const path = sharedDataPath(file);
      it.skipIf(path === undefined)(
        `gives our calibrated probabilities and the labels of our thresholds on ${file}`,
        async () => {
          const { table } = await readCsv(path!);
          const cases = (['trees', 'linear'] as const).flatMap((family) => {
            const model = makeModel(table, target, family);
            return [
              calibrated(model, 'sigmoid'),
              calibrated(model, 'isotonic'),
              withManySteps(model, table),
            ].map((with_) => [with_, table] as const);
          });
          await expectSameInPython(cases);
        },
      );
    }

    it('gives our scores for every step of a recipe, odd numbers and odd texts', async () => {
      const table = oddTable();
      const specs: RecipeSpec[] = [
        {
          steps: [
            { kind: 'log1p', columns: ['amount'] },
            { kind: 'clip', columns: ['size'], minimum: -1, upperQuantile: 0.9 },
            { kind: 'impute', columns: ['size'], strategy: 'median', indicator: true },
            { kind: 'min_max_scale', columns: ['amount', 'size'], outside: 'clip' },
            { kind: 'impute', columns: ['colour'], strategy: 'most_frequent', indicator: true },
            { kind: 'one_hot', columns: ['colour', 'count', 'flag'], unknown: 'other', minRows: 3 },
            { kind: 'ordinal_encode', columns: ['shape'], unknown: -2, missing: -1 },
            { kind: 'standard_scale', columns: ['colour=red'] },
          ],
        },
        {
          steps: [
            { kind: 'select', columns: ['colour', 'shape', 'count', 'size'] },
            { kind: 'one_hot', columns: ['shape'], unknown: 'ignore', missing: 'zeros' },
            { kind: 'one_hot', columns: ['size'], unknown: 'ignore' },
            { kind: 'ordinal_encode', columns: ['colour', 'count'], unknown: 'missing' },
          ],
        },
        {
          steps: [
            { kind: 'missing_indicator', columns: ['amount', 'shape'] },
            { kind: 'derive', columns: oddFormulas },
            { kind: 'group_rare', columns: ['colour'], maxCategories: 3 },
            { kind: 'one_hot', columns: ['colour'], unknown: 'ignore' },
            { kind: 'frequency_encode', columns: ['shape', 'flag'] },
            { kind: 'bin', columns: ['size'], bins: 4, output: 'one_hot' },
            { kind: 'yeo_johnson', columns: ['amount', 'ratio'] },
            { kind: 'robust_scale', columns: ['count'] },
          ],
        },
        {
          steps: [
            { kind: 'target_encode', columns: ['colour', 'shape', 'flag'], folds: 2 },
            { kind: 'clip', columns: ['size'], minimum: 0.1 },
            { kind: 'log', columns: ['size'] },
            { kind: 'bin', columns: ['amount'], bins: 3, strategy: 'uniform' },
          ],
        },
      ];
      await expectSameInPython(
        specs.flatMap((spec) =>
          (['trees', 'boosted'] as const).map(
            (family) => [makeModel(table, 'target', family, spec), unseenTable()] as const,
          ),
        ),
        '',
      );
    });

    it('gives our scores for splits on sets of categories', async () => {
      const table = oddTable();
      const steps = { kind: 'ordinal_encode', columns: ['colour', 'shape'], unknown: 'missing' };
      const spec = { steps: [{ ...steps, output: 'categorical' }] } as RecipeSpec;
      const model = makeModel(table, 'target', 'boosted', spec);
      await expectSameInPython([[withCategorySets(model), unseenTable()]], '');
    });

    it('takes the whole frame of a model with one column', async () => {
      const table = oddTable();
      const spec: RecipeSpec = { steps: [{ kind: 'select', columns: ['size'] }] };
      await expectSameInPython([[makeModel(table, 'target', 'trees', spec), table]]);
    });
  },
);

type OddRow = readonly [
  number | null,
  number | null,
  string | null,
  string | null,
  number,
  boolean,
];

function tableOf(rows: readonly OddRow[]): Table {
  const specs = [
    { name: 'amount', type: 'double' },
    { name: 'size', type: 'double' },
    { name: 'colour', type: 'string' },
    { name: 'shape', type: 'string' },
    { name: 'count', type: 'long' },
    { name: 'flag', type: 'boolean' },
  ] as const;
  const columns = specs.map((spec, i) => {
    const builder = createColumnBuilder(spec);
    for (const row of rows) builder.appendValue(row[i]);
    return [spec.name, builder.finish()] as const;
  });
  const target = createColumnBuilder({ name: 'target', type: 'string' });
  rows.forEach((_, i) => target.appendValue(['a', 'b', 'c'][i % 3]));
  return createTable([...columns, ['target', target.finish()]]);
}

/** `None` is a shape here: a missing shape must be '' in Python. */
function oddTable(): Table {
  return tableOf(
    Array.from({ length: 40 }, (_, i): OddRow => [
      i % 7 === 0 ? null : i % 5 === 0 ? 1e-12 * i : i * 1.1,
      i % 6 === 0 ? null : (i % 9) - 4,
      i % 8 === 0 ? null : ['red', 'red', 'blau \u{1F535}', 'grün', 'a "b"'][i % 5]!,
      i % 10 === 0 ? '' : ['None', 'round', 'square'][i % 3]!,
      i % 4,
      i % 3 === 0,
    ]),
  );
}

function unseenTable(): Table {
  return tableOf([
    [0, 0, 'red', 'round', 0, true],
    [-0, -0, 'purple', 'None', -0, false],
    [-5, 100, 'Red', 'nan?', 3, true],
    [1e300, -1e300, ' red', 'square', 17, false],
    [null, null, null, '', 2, true],
    [1e-9, 4, 'grün', 'round', -1, false],
    [-1, -4, 'a "b"', 'hexagon', 1, true],
  ]);
}
