import { type Table, createRandom, createTable, takeRows } from '@gnu-mlops/core';
import { readCsv } from '@gnu-mlops/data';
import { sharedDataPath } from '@gnu-mlops/test-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FitChunksOptions,
  type FitRecipeOptions,
  type Recipe,
  type StepSpec,
  defaultRecipeSpec,
  fitRecipe,
  fitRecipeFromChunks,
} from '../src/index.ts';
import { categorical, integer, numeric, tableOfX, text, timestamp } from './tiny-table.ts';

/** The rows in chunks, each with dictionaries of its own. */
function* cut(table: Table, size: number): Generator<Table> {
  for (let start = 0; start < table.rowCount; start += size) {
    const length = Math.min(size, table.rowCount - start);
    yield ownDictionaries(
      takeRows(
        table,
        Int32Array.from({ length }, (_, i) => start + i),
      ),
    );
  }
}

function ownDictionaries(table: Table): Table {
  return createTable(
    Array.from(table.columns, ([name, column]) => {
      if (column.kind !== 'categorical') return [name, column] as const;
      const cells = Array.from(column.codes, (code) => column.dictionary[code] ?? null);
      return [name, categorical(...cells.toReversed())] as const;
    }).map(([name, column]) => {
      if (column.kind !== 'categorical') return [name, column] as const;
      return [name, { ...column, codes: column.codes.toReversed() }] as const;
    }),
    table.rowCount,
  );
}

/** Expect the same JSON, numbers to 1e-12 of the larger of 1 and the value. */
function expectSame(found: unknown, wanted: unknown, path = 'recipe'): void {
  if (typeof wanted === 'number' && typeof found === 'number') {
    const isSame =
      Object.is(found, wanted) || Math.abs(found - wanted) <= 1e-12 * Math.max(1, Math.abs(wanted));
    if (!isSame) expect.fail(`${path}: ${found} instead of ${wanted}`);
  } else if (typeof wanted === 'object' && wanted !== null) {
    expect(Object.keys(found as object), path).toEqual(Object.keys(wanted));
    for (const [key, value] of Object.entries(wanted)) {
      expectSame((found as Record<string, unknown>)[key], value, `${path}.${key}`);
    }
  } else expect(found, path).toBe(wanted);
}

async function expectAsInMemory(
  table: Table,
  steps: readonly StepSpec[],
  { size, ...options }: FitChunksOptions & FitRecipeOptions & { readonly size: number },
): Promise<number> {
  const { recipe, rowCount, passes, estimated } = await fitRecipeFromChunks(
    () => cut(table, size),
    { steps },
    options,
  );
  expectSame(recipe, fitRecipe(table, { steps }, options));
  expect(rowCount).toBe(table.rowCount);
  expect(estimated).toEqual([]);
  return passes;
}

const numbers = { kinds: ['numeric', 'integer'] } as const;
const texts = { kinds: ['categorical', 'text'] } as const;
const hotTexts = { kind: 'one_hot', columns: texts, unknown: 'other', maxCategories: 9 } as const;

/** Steps for any table, and in how many passes they are learnt. */
const chains: [string, readonly StepSpec[], number][] = [
  ['standard_scale', [{ kind: 'standard_scale', columns: numbers }, hotTexts], 1],
  ['min_max_scale', [{ kind: 'min_max_scale', columns: numbers }, hotTexts], 1],
  ['robust_scale', [{ kind: 'robust_scale', columns: numbers }, hotTexts], 1],
  ['bin', [{ kind: 'bin', columns: numbers }, hotTexts], 1],
  ['yeo_johnson', [{ kind: 'yeo_johnson', columns: numbers }, hotTexts], 1],
  [
    'clip, impute, scale',
    [
      { kind: 'clip', columns: numbers, lowerQuantile: 0.05, upperQuantile: 0.9 },
      { kind: 'impute', columns: numbers, strategy: 'median', indicator: true },
      { kind: 'standard_scale', columns: numbers },
      hotTexts,
    ],
    3,
  ],
  [
    'drop_low_variance',
    [hotTexts, { kind: 'drop_low_variance', columns: numbers, threshold: 2 }],
    1,
  ],
  ['drop_correlated', [hotTexts, { kind: 'drop_correlated', columns: numbers, threshold: 0.7 }], 1],
  [
    'impute, drop_correlated',
    [
      { kind: 'impute', columns: numbers, strategy: 'mean' },
      { kind: 'drop_correlated', columns: numbers, threshold: 0.6 },
      hotTexts,
    ],
    2,
  ],
  [
    'keep_important',
    [hotTexts, { kind: 'keep_important', columns: numbers, scores: 'f_score', top: 2 }],
    2,
  ],
  ['target_encode', [{ kind: 'target_encode', columns: texts }], 2],
  ['target_encode, smoothed', [{ kind: 'target_encode', columns: texts, smoothing: 7 }], 2],
  ['frequency_encode', [{ kind: 'frequency_encode', columns: texts }], 1],
  [
    'impute mode, group_rare, ordinal_encode',
    [
      { kind: 'impute', columns: texts, strategy: 'mode' },
      { kind: 'group_rare', columns: texts, minShare: 0.02 },
      { kind: 'ordinal_encode', columns: texts },
    ],
    3,
  ],
  ['tfidf', [{ kind: 'tfidf', columns: texts, maxWords: 20, minRows: 2 }], 1],
  [
    'hash_text, missing_indicator',
    [
      { kind: 'missing_indicator', columns: numbers },
      { kind: 'hash_text', columns: texts, features: 3 },
    ],
    1,
  ],
];

const files = [
  { file: 'telco_customer_churn.csv', target: 'Churn' },
  { file: 'titanic.csv', target: 'survived' },
  { file: 'california_housing.csv', target: 'median_house_value' },
];

describe.each(files)('fitRecipeFromChunks of $file', ({ file, target }) => {
  const path = sharedDataPath(file);
  const read = async () => (await readCsv(path!)).table;

  it.skipIf(path === undefined).each([1, 7, 1000])(
    'learns what fitRecipe learns, from chunks of %i rows (skipped without ../shared/data)',
    async (size) => {
      const whole = await read();
      const table =
        size === 1
          ? takeRows(
              whole,
              Int32Array.from({ length: 800 }, (_, i) => i),
            )
          : whole;
      for (const [name, steps, passes] of chains) {
        expect(await expectAsInMemory(table, steps, { size, target }), name).toBe(passes);
      }
      const trees = defaultRecipeSpec(table, { for: 'trees', target }).steps;
      const linear = defaultRecipeSpec(table, { for: 'linear', target }).steps;
      expect(await expectAsInMemory(table, trees, { size, target }), 'trees').toBe(1);
      expect(await expectAsInMemory(table, linear, { size, target }), 'linear').toBe(2);
    },
    120_000,
  );
});

const cells = fc.array(fc.option(fc.double({ min: -1e9, max: 1e9, noNaN: true })), {
  minLength: 1,
  maxLength: 40,
});

describe('fitRecipeFromChunks', () => {
  it('scales as fitRecipe does, wherever the rows are cut and whatever they are offset by', async () => {
    await fc.assert(
      fc.asyncProperty(
        cells,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(0, 1e6, 1e12),
        async (values, size, offset) => {
          const shifted = values.map((value) => (value === null ? null : value + offset));
          const table = tableOfX(numeric(...shifted));
          const learn = (kind: 'standard_scale' | 'min_max_scale' | 'robust_scale') =>
            expectAsInMemory(table, [{ kind, columns: ['x'] }], { size });
          expect(await learn('standard_scale')).toBe(1);
          expect(await learn('min_max_scale')).toBe(1);
          expect(await learn('robust_scale')).toBe(1);
        },
      ),
    );
  });

  it('keeps the spread of numbers far from 0', async () => {
    const values = Array.from({ length: 500 }, (_, i) => 1e12 + (i % 5));
    const chunks = () => cut(tableOfX(numeric(...values)), 1);
    const { recipe } = await fitRecipeFromChunks(chunks, {
      steps: [{ kind: 'standard_scale', columns: ['x'] }],
    });
    expect(recipe.steps).toEqual([
      {
        kind: 'standard_scale',
        columns: [{ column: 'x', mean: 1e12 + 2, scale: expect.closeTo(Math.SQRT2, 12) }],
      },
    ]);
  });

  it('runs steps that learn nothing on the way, and reads once for what follows them', async () => {
    const table = createTable([
      ['a', numeric(1, 2, 5, 9)],
      ['since', timestamp(0, 86_400_000, 1e10, 2e10)],
    ]);
    const steps: StepSpec[] = [
      { kind: 'log', columns: ['a'] },
      { kind: 'date_parts', columns: ['since'] },
      { kind: 'select', columns: ['a', 'since_day'] },
      { kind: 'standard_scale', columns: { kinds: ['numeric', 'integer'] } },
    ];
    expect(await expectAsInMemory(table, steps, { size: 1 })).toBe(1);
  });

  it('takes texts that are dictionary-coded in one chunk and plain in another', async () => {
    const chunks = [tableOfX(categorical('b', 'a')), tableOfX(text('a', 'c')), tableOfX(text())];
    const steps: StepSpec[] = [{ kind: 'one_hot', columns: ['x'] }];
    const { recipe } = await fitRecipeFromChunks(() => chunks, { steps });
    expect(recipe.features.map(({ name }) => name)).toEqual(['x=a', 'x=b', 'x=c']);
  });

  it('says of whole numbers whether any chunk misses some', async () => {
    const chunks = [tableOfX(integer(1)), tableOfX(integer(null)), tableOfX(integer(2))];
    const { recipe } = await fitRecipeFromChunks(() => chunks, { steps: [] });
    expect(recipe.inputs).toEqual([{ name: 'x', type: 'double', required: true }]);
  });

  it('estimates quantiles of more values than it may keep, and says so', async () => {
    const size = 20_000;
    const count = 200_000;
    function* chunks(): Generator<Table> {
      for (let start = 0; start < count; start += size) {
        const values = Float64Array.from({ length: size }, (_, i) => ((start + i) * 7919) % count);
        yield tableOfX({ kind: 'numeric', values });
      }
    }
    const steps: StepSpec[] = [
      { kind: 'clip', columns: ['x'], lowerQuantile: 0.25, upperQuantile: 1 },
    ];
    const { recipe, estimated } = await fitRecipeFromChunks(
      chunks,
      { steps },
      { mostValues: 1000 },
    );
    expect(estimated).toEqual(['x']);
    const [clip] = recipe.steps;
    if (clip?.kind !== 'clip') throw new Error('expected clip');
    const { minimum, maximum } = clip.columns[0]!;
    expect(maximum).toBe(count - 1);
    expect(Math.abs(minimum! - count / 4)).toBeLessThan(count / 1000);
  });

  it('bends by the quantiles of more values than it may keep, and says so', async () => {
    const random = createRandom(5);
    const values = Float64Array.from(
      { length: 100_000 },
      () => Math.exp(random.nextNormal()) - 0.3,
    );
    const table = tableOfX({ kind: 'numeric', values });
    const steps: StepSpec[] = [{ kind: 'yeo_johnson', columns: ['x'] }];
    const options = { mostValues: 1000 };
    const chunks = () => cut(table, 10_000);
    const { recipe, estimated } = await fitRecipeFromChunks(chunks, { steps }, options);
    expect(estimated).toEqual(['x']);
    const columnOf = ({ steps: [step] }: Recipe) => {
      if (step?.kind !== 'yeo_johnson') throw new Error('expected yeo_johnson');
      return step.columns[0]!;
    };
    const { lambda, mean, scale } = columnOf(recipe);
    const exact = columnOf(fitRecipe(table, { steps }));
    expect(Math.abs(lambda - exact.lambda)).toBeLessThan(0.002);
    expect(Math.abs(mean - exact.mean)).toBeLessThan(0.001);
    expect(Math.abs(scale - exact.scale)).toBeLessThan(0.002);
  });

  const failing: [string, StepSpec, Table[], object, FitChunksOptions?][] = [
    [
      'PREPROCESS_CATEGORIES_TOO_MANY naming the column',
      { kind: 'one_hot', columns: ['x'] },
      [tableOfX(text('a', 'b')), tableOfX(text('c'))],
      { code: 'PREPROCESS_CATEGORIES_TOO_MANY', column: 'x', limit: 2 },
      { mostCategories: 2 },
    ],
    [
      'PREPROCESS_VALUE_OUT_OF_RANGE naming the row among all chunks',
      { kind: 'log', columns: ['x'] },
      [tableOfX(numeric(1, 2)), tableOfX(numeric(3, -1))],
      { code: 'PREPROCESS_VALUE_OUT_OF_RANGE', row: 3, message: expect.stringContaining('Row 4,') },
    ],
    [
      'PREPROCESS_VALUE_NOT_FINITE naming the row among all chunks',
      { kind: 'standard_scale', columns: ['x'] },
      [tableOfX(numeric(1, 2)), tableOfX(numeric(Infinity))],
      { code: 'PREPROCESS_VALUE_NOT_FINITE', row: 2 },
    ],
    [
      'PREPROCESS_CATEGORY_UNKNOWN for a category that a step was not given',
      { kind: 'ordinal_encode', columns: ['x'], categories: ['a'] },
      [tableOfX(text('a')), tableOfX(text('b'))],
      { code: 'PREPROCESS_CATEGORY_UNKNOWN', row: 1 },
    ],
    [
      'PREPROCESS_INPUT_KIND when a chunk has another kind of column than the first',
      { kind: 'standard_scale', columns: ['x'] },
      [tableOfX(integer(1)), tableOfX(numeric(0.5))],
      { code: 'PREPROCESS_INPUT_KIND', column: 'x' },
    ],
    [
      'PREPROCESS_TARGET_NEEDED when no target was named',
      { kind: 'target_encode', columns: ['x'] },
      [tableOfX(text('a'))],
      { code: 'PREPROCESS_TARGET_NEEDED' },
    ],
    [
      'PREPROCESS_TABLE_EMPTY without rows',
      { kind: 'standard_scale', columns: ['x'] },
      [tableOfX(numeric())],
      { code: 'PREPROCESS_TABLE_EMPTY' },
    ],
    [
      'PREPROCESS_STEP_COLUMN_NOT_FOUND for a column that no step makes',
      { kind: 'standard_scale', columns: ['y'] },
      [tableOfX(numeric(1))],
      { code: 'PREPROCESS_STEP_COLUMN_NOT_FOUND', column: 'y' },
    ],
  ];
  it.each(failing)('throws %s', async (...[, step, chunks, error, options]) => {
    const fitting = fitRecipeFromChunks(() => chunks, { steps: [step] }, options);
    await expect(fitting).rejects.toMatchObject(error);
  });

  it('throws PREPROCESS_STEP_NEEDS_TABLE for a step behind target_encode, however far', async () => {
    const table = createTable([
      ['x', text('a', 'b', 'a', 'b')],
      ['y', numeric(1, 2, 3, 5)],
    ]);
    const steps: StepSpec[] = [
      { kind: 'target_encode', columns: ['x'] },
      { kind: 'clip', columns: ['x'], minimum: 0 },
      { kind: 'standard_scale', columns: ['x'] },
    ];
    const fitting = fitRecipeFromChunks(() => cut(table, 2), { steps }, { target: 'y' });
    await expect(fitting).rejects.toMatchObject({
      code: 'PREPROCESS_STEP_NEEDS_TABLE',
      step: 'standard_scale',
    });
  });

  it('throws PREPROCESS_TARGET_MISSING with all rows that miss it', async () => {
    const table = createTable([
      ['x', text('a', 'b', 'a', 'b')],
      ['y', numeric(1, null, 3, null)],
    ]);
    const steps: StepSpec[] = [{ kind: 'target_encode', columns: ['x'] }];
    const fitting = fitRecipeFromChunks(() => cut(table, 1), { steps }, { target: 'y' });
    await expect(fitting).rejects.toMatchObject({
      code: 'PREPROCESS_TARGET_MISSING',
      missingCount: 2,
      rows: [1, 3],
    });
  });

  it('throws PREPROCESS_CHUNKS_CHANGED when a later pass has other rows', async () => {
    let opened = 0;
    const steps: StepSpec[] = [
      { kind: 'impute', columns: ['x'], strategy: 'mean' },
      { kind: 'standard_scale', columns: ['x'] },
    ];
    const open = () => [tableOfX(opened++ === 0 ? numeric(1, 2) : numeric(1))];
    await expect(fitRecipeFromChunks(open, { steps })).rejects.toMatchObject({
      code: 'PREPROCESS_CHUNKS_CHANGED',
      expected: 2,
      rowCount: 1,
    });
  });

  it('stops between chunks when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const fitting = fitRecipeFromChunks(() => [tableOfX(numeric(1))], { steps: [] }, { signal });
    await expect(fitting).rejects.toThrow('enough');
  });
});
