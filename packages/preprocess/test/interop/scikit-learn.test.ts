import { type Table, createTable, takeRows } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import {
  type FeatureMatrix,
  type StepSpec,
  encodeTarget,
  fitRecipe,
  fitTransform,
  splitFolds,
  transformTable,
} from '../../src/index.ts';
import { measureCorrelation } from '../../src/measure-correlation.ts';
import { powerBounds } from '../../src/fit-power.ts';
import { measureFScore } from '../../src/measure-f-score.ts';
import { type DataSet, dataSets } from './data-sets.ts';
import {
  type ScikitLearnCase,
  expectClose,
  plainCells,
  python,
  runScikitLearn,
} from './run-scikit-learn.ts';

interface Comparison {
  readonly what: string;
  readonly theirs: ScikitLearnCase;
  readonly train: FeatureMatrix;
  readonly test: FeatureMatrix;
}

/** Steps over numbers and scikit-learn's words for them. */
const numberSteps: [StepSpec, string, Record<string, unknown>][] = [
  [{ kind: 'standard_scale', columns: ['x'] }, 'StandardScaler', {}],
  [{ kind: 'min_max_scale', columns: ['x'] }, 'MinMaxScaler', {}],
  [{ kind: 'robust_scale', columns: ['x'] }, 'RobustScaler', {}],
  [
    { kind: 'robust_scale', columns: ['x'], quantiles: [0.1, 0.8] },
    'RobustScaler',
    { quantile_range: [10, 80] },
  ],
  [{ kind: 'impute', columns: ['x'], strategy: 'mean' }, 'SimpleImputer', { strategy: 'mean' }],
  [{ kind: 'impute', columns: ['x'], strategy: 'median' }, 'SimpleImputer', { strategy: 'median' }],
  [
    { kind: 'impute', columns: ['x'], strategy: 'mode' },
    'SimpleImputer',
    { strategy: 'most_frequent' },
  ],
  [
    { kind: 'impute', columns: ['x'], strategy: 'constant', value: -7 },
    'SimpleImputer',
    { strategy: 'constant', fill_value: -7 },
  ],
  [
    { kind: 'impute', columns: ['x'], strategy: 'median', indicator: true },
    'SimpleImputer',
    { strategy: 'median', add_indicator: true },
  ],
];

/** Those that scikit-learn has for columns without missing cells only. */
const wholeSteps: [StepSpec, string, Record<string, unknown>][] = (
  ['quantile', 'uniform'] as const
).flatMap((strategy) =>
  ([2, 3, 5, 10, 16, 'one_hot'] as const).map(
    (bins): [StepSpec, string, Record<string, unknown>] =>
      bins === 'one_hot'
        ? [
            { kind: 'bin', columns: ['x'], bins: 3, strategy, output: bins },
            'KBinsDiscretizer',
            { n_bins: 3, strategy, encode: 'onehot-dense', subsample: null },
          ]
        : [
            { kind: 'bin', columns: ['x'], bins, strategy },
            'KBinsDiscretizer',
            { n_bins: bins, strategy, encode: 'ordinal', subsample: null },
          ],
  ),
);

const textSteps: [StepSpec, string, Record<string, unknown>][] = [
  [
    { kind: 'one_hot', columns: ['x'], unknown: 'ignore' },
    'OneHotEncoder',
    { handle_unknown: 'ignore' },
  ],
  [
    { kind: 'one_hot', columns: ['x'], unknown: 'other', maxCategories: 6 },
    'OneHotEncoder',
    { handle_unknown: 'infrequent_if_exist', max_categories: 6 },
  ],
  [
    { kind: 'one_hot', columns: ['x'], unknown: 'other', minRows: 12 },
    'OneHotEncoder',
    { handle_unknown: 'infrequent_if_exist', min_frequency: 12 },
  ],
  [
    { kind: 'ordinal_encode', columns: ['x'], unknown: -1 },
    'OrdinalEncoder',
    { handle_unknown: 'use_encoded_value', unknown_value: -1 },
  ],
  [{ kind: 'tfidf', columns: ['x'], maxWords: 1_000_000 }, 'TfidfVectorizer', {}],
  [{ kind: 'hash_text', columns: ['x'], features: 32 }, 'HashingVectorizer', { n_features: 32 }],
  [{ kind: 'hash_text', columns: ['x'], features: 37 }, 'HashingVectorizer', { n_features: 37 }],
];

const isTest = (row: number) => row % 3 === 0;

function splitRows({ table }: DataSet): { train: Table; test: Table } {
  const rows = Array.from({ length: table.rowCount }, (_, row) => row);
  return {
    train: takeRows(
      table,
      rows.filter((row) => !isTest(row)),
    ),
    test: takeRows(table, rows.filter(isTest)),
  };
}

/** Steps that make a column of each category or word: too many cells for identifiers. */
function isDense({ kind }: StepSpec): boolean {
  return kind === 'one_hot' || kind === 'tfidf';
}

/** scikit-learn refuses a vocabulary without a word; here the column is dropped. */
function isWordless({ kind }: StepSpec, cells: readonly unknown[]): boolean {
  return kind === 'tfidf' && !cells.some((cell) => typeof cell === 'string' && /\w\w/.test(cell));
}

function compareColumn(set: DataSet, name: string): Comparison[] {
  const sides = splitRows(set);
  const train = sides.train.columns.get(name)!;
  const test = sides.test.columns.get(name)!;
  const isText = train.kind === 'text' || train.kind === 'categorical';
  const cells = { train: plainCells(train), test: plainCells(test) };
  const hasHoles = [...cells.train, ...cells.test].includes(null);
  if (cells.train.every((cell) => cell === null)) return [];
  const steps = isText ? textSteps : hasHoles ? numberSteps : [...numberSteps, ...wholeSteps];
  return steps.flatMap(([step, transformer, parameters]) => {
    if (isDense(step) && new Set(cells.train).size > 300) return [];
    const trainTable = createTable([['x', train]]);
    const fitted = isWordless(step, cells.train)
      ? undefined
      : fitTransform(trainTable, { steps: [step] });
    if (fitted === undefined) return [];
    const { recipe, matrix } = fitted;
    return [
      {
        what: `${set.name}, ${name}, ${JSON.stringify(step)}`,
        theirs: { transformer, arguments: parameters, ...cells },
        train: matrix,
        test: transformTable(createTable([['x', test]]), recipe),
      },
    ];
  });
}

if (python === undefined) {
  describe.skip('interop with scikit-learn: set GNU_MLOPS_INTEROP_PYTHON to a Python that has it and pandas', () => {
    it('is skipped', () => {});
  });
} else {
  const sets = await dataSets();
  describe.each(sets)('steps of scikit-learn on $name', (set) => {
    const names = [...set.table.columns.keys()].filter((name) => name !== set.target);
    const { train, test } = splitRows(set);
    const numberNames = names
      .filter((name) => 'values' in train.columns.get(name)!)
      .filter((name) => train.columns.get(name)!.kind !== 'text');
    const textNames = names.filter((name) => !numberNames.includes(name));

    it('makes the same of every column, to 1e-9', { timeout: 600_000 }, () => {
      const comparisons = names.flatMap((name) => compareColumn(set, name));
      const results = runScikitLearn(comparisons.map(({ theirs }) => theirs));
      expect(comparisons.length).toBeGreaterThan(10);
      comparisons.forEach((ours, i) => {
        expectClose(ours.train.columns, results[i]!.train, { what: `${ours.what} (training)` });
        expectClose(ours.test.columns, results[i]!.test, ours);
      });
    });

    it('encodes targets alike, out of fold and later, to 1e-9', () => {
      const target = encodeTarget(train.columns.get(set.target)!, { name: set.target });
      const labels = target.task === 'classification' ? target.labels : undefined;
      const folds = splitFolds({
        rowCount: train.rowCount,
        folds: 5,
        seed: 0,
        ...(labels && { labels }),
      });
      const encoded = [...textNames, ...numberNames.slice(0, 2)];
      for (const smoothing of ['auto', 12.5] as const) {
        const ours = encoded.map((name) => {
          const spec = { steps: [{ kind: 'target_encode', columns: [name], smoothing } as const] };
          const pick = (table: Table) =>
            createTable([name, set.target].map((one) => [one, table.columns.get(one)!]));
          const fitted = fitTransform(pick(train), spec, { target: set.target });
          return { train: fitted.matrix, test: transformTable(test, fitted.recipe) };
        });
        const results = runScikitLearn(
          encoded.map((name) => ({
            transformer: 'TargetEncoder',
            arguments: {
              smooth: smoothing,
              target_type:
                target.task === 'regression'
                  ? 'continuous'
                  : target.classes.length > 2
                    ? 'multiclass'
                    : 'binary',
            },
            train: plainCells(train.columns.get(name)!),
            test: plainCells(test.columns.get(name)!),
            target: Array.from(target.task === 'regression' ? target.values : target.labels),
            folds: folds.map((fold) => [...fold.test]),
          })),
        );
        ours.forEach((matrices, i) => {
          const what = `${set.name}, ${encoded[i]}, smoothing ${smoothing}`;
          expectClose(matrices.train.columns, results[i]!.train, { what: `${what} (training)` });
          expectClose(matrices.test.columns, results[i]!.test, { what });
        });
      }
    });

    it('bends columns by an exponent at least as likely, and to 1e-6 the same', () => {
      // Where a billion is added to numbers around 0, any exponent is as likely as another.
      const bent = numberNames.filter((name) => name !== 'offset');
      const fitted = bent.map((name) => {
        const spec = { steps: [{ kind: 'yeo_johnson', columns: ['x'] } as const] };
        const { recipe, matrix } = fitTransform(
          createTable([['x', train.columns.get(name)!]]),
          spec,
        );
        const [step] = recipe.steps;
        if (step?.kind !== 'yeo_johnson') throw new Error('no step');
        return { name, matrix, recipe, lambda: step.columns[0]!.lambda };
      });
      const results = runScikitLearn(
        fitted.map(({ name, lambda }) => ({
          transformer: 'PowerTransformer',
          lambda,
          train: plainCells(train.columns.get(name)!),
          test: plainCells(test.columns.get(name)!),
        })),
      );
      fitted.forEach(({ name, matrix, recipe, lambda }, i) => {
        const theirs = results[i]!;
        const what = `${set.name}, ${name}, exponents ${lambda} and ${theirs.lambda}`;
        const [ourLikelihood, theirLikelihood] = theirs.likelihoods;
        const present = plainCells(train.columns.get(name)!).filter((cell) => cell !== null);
        const [least, most] = powerBounds(Float64Array.from(present as number[]));
        if (Number.isFinite(theirLikelihood) && lambda > least && lambda < most) {
          const slack = 1e-12 * Math.abs(theirLikelihood);
          expect(ourLikelihood, what).toBeGreaterThanOrEqual(theirLikelihood - slack);
        }
        if (theirs.lambda < least || theirs.lambda > most) {
          expect([least, most], what).toContain(lambda);
          return;
        }
        const later = transformTable(createTable([['x', test.columns.get(name)!]]), recipe);
        expectClose(matrix.columns, theirs.train, { what, tolerance: 1e-6 });
        expectClose(later.columns, theirs.test, { what, tolerance: 1e-6 });
      });
    });

    it('scores columns as f_classif and f_regression, and correlates them as pandas', () => {
      const whole = numberNames.filter(
        (name) => !plainCells(train.columns.get(name)!).includes(null),
      );
      const values = whole.map((name) =>
        Float64Array.from(plainCells(train.columns.get(name)!) as number[]),
      );
      const target = encodeTarget(train.columns.get(set.target)!, { name: set.target });
      const [theirs] = runScikitLearn([
        {
          transformer: 'scores',
          task: target.task,
          columns: values.map((column) => [...column]),
          target: Array.from(target.task === 'regression' ? target.values : target.labels),
        },
      ]);
      const close = (x: number, y: number | null, what: string) => {
        if (y === null || Number.isNaN(x))
          expect(Number.isNaN(x) && y === null, `${what}: ${x}, ${y}`).toBe(true);
        else
          expect(Math.abs(x - y), `${what}: ${x}, ${y}`).toBeLessThanOrEqual(
            1e-9 * Math.max(1, Math.abs(y)),
          );
      };
      const spec = { steps: [{ kind: 'drop_low_variance', columns: whole } as const] };
      const dropped = fitRecipe(train, {
        steps: [{ kind: 'select', columns: whole }, ...spec.steps],
      }).dropped.flatMap(({ column, reason }) => (reason.includes('variance') ? [column] : []));
      expect(dropped).toEqual(whole.filter((_, i) => theirs!.low[i]));
      whole.forEach((name, i) => {
        if (!theirs!.low[i]) close(measureFScore(values[i]!, target), theirs!.scores[i]!, name);
        whole.forEach((other, j) => {
          if (theirs!.low[i] || theirs!.low[j]) return;
          close(
            measureCorrelation(values[i]!, values[j]!),
            theirs!.correlations[i]![j]!,
            `${name}, ${other}`,
          );
        });
      });
    });
  });

  describe('date parts', () => {
    it('are those of pandas, from the year 1700 to 2200', () => {
      const times = Array.from({ length: 4_000 }, (_, i) => -8.5e12 + i * 3_917_345_678);
      const column = { kind: 'timestamp', values: Float64Array.of(...times, NaN) } as const;
      const table = createTable([['t', column]]);
      const parts = [
        'year',
        'quarter',
        'month',
        'day',
        'day_of_year',
        'weekday',
        'hour',
        'minute',
      ] as const;
      const spec = { steps: [{ kind: 'date_parts', columns: ['t'], parts } as const] };
      const [theirs] = runScikitLearn([{ transformer: 'dates', test: [...times, null] }]);
      expectClose(fitTransform(table, spec).matrix.columns, theirs!.test, { what: 'dates' });
    });
  });
}
