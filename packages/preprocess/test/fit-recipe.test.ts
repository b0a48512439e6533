import { type Table, createTable, takeRows } from '@gnu-mlops/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRecipeSpec, fitRecipe, transformTable } from '../src/index.ts';
import {
  boolean,
  categorical,
  cellsIn,
  integer,
  numeric,
  tableOfX,
  text,
  timestamp,
} from './tiny-table.ts';

const everyStep = {
  steps: [
    { kind: 'clip', columns: ['amount'], lowerQuantile: 0.1, upperQuantile: 0.9 },
    { kind: 'impute', columns: ['amount'], strategy: 'median', indicator: true },
    { kind: 'log1p', columns: ['amount'] },
    { kind: 'standard_scale', columns: ['amount'] },
    { kind: 'min_max_scale', columns: ['count'] },
    { kind: 'one_hot', columns: ['city'], unknown: 'other', minRows: 2 },
    { kind: 'ordinal_encode', columns: ['grade'], unknown: 'missing' },
  ],
} as const;

const row = fc.record({
  amount: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
  count: fc.option(fc.integer({ min: 0, max: 50 })),
  city: fc.option(fc.constantFrom('Kyiv', 'Lima', 'Oslo', 'Accra')),
  grade: fc.option(fc.constantFrom('a', 'b', 'c')),
});

interface Row {
  readonly amount: number | null;
  readonly count: number | null;
  readonly city: string | null;
  readonly grade: string | null;
}

function tableFrom(rows: readonly Row[]): Table {
  return createTable([
    ['amount', numeric(...rows.map(({ amount }) => amount))],
    ['count', integer(...rows.map(({ count }) => count))],
    ['city', categorical(...rows.map(({ city }) => city))],
    ['grade', text(...rows.map(({ grade }) => grade))],
  ]);
}

describe('fitRecipe', () => {
  it('turns what no step touches into numbers: booleans 0 and 1, times milliseconds', () => {
    const table = createTable([
      ['amount', numeric(1.5, null)],
      ['count', integer(3, null)],
      ['member', boolean(true, null)],
      ['since', timestamp(86_400_000, null)],
    ]);
    const recipe = fitRecipe(table, { steps: [] });
    expect(recipe.inputs.map(({ type }) => type)).toEqual([
      'double',
      'double',
      'boolean',
      'datetime',
    ]);
    expect(transformTable(table, recipe).columns.map(cellsIn)).toEqual([
      [1.5, null],
      [3, null],
      [1, null],
      [86_400_000, null],
    ]);
  });

  it('puts the target aside before anything is learnt', () => {
    const table = createTable([
      ['a', numeric(1, 2)],
      ['churn', categorical('yes', 'no')],
    ]);
    const recipe = fitRecipe(table, { steps: [] }, { target: 'churn' });
    expect(JSON.stringify(recipe)).not.toContain('churn');
  });

  it('gives plain JSON that is frozen to the bottom', () => {
    const recipe = fitRecipe(tableOfX(categorical('a', null)), {
      steps: [{ kind: 'one_hot', columns: ['x'] }],
    });
    expect(JSON.parse(JSON.stringify(recipe))).toEqual(recipe);
    const isFrozen = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(isFrozen));
    expect(isFrozen(recipe)).toBe(true);
  });

  it('runs the steps in order, each on what the ones before it made', () => {
    const table = tableOfX(numeric(0, 3, null));
    const fill = { kind: 'impute', columns: ['x'], strategy: 'constant', value: 9 } as const;
    const clip = { kind: 'clip', columns: ['x'], maximum: 5 } as const;
    const run = (steps: readonly (typeof fill | typeof clip)[]) =>
      cellsIn(transformTable(table, fitRecipe(table, { steps })).columns[0]!);
    expect(run([fill, clip])).toEqual([0, 3, 5]);
    expect(run([clip, fill])).toEqual([0, 3, 9]);
  });

  it('selects by the kind that a column has when the step is reached', () => {
    const table = createTable([['count', integer(1, 2, null)]]);
    const recipe = fitRecipe(table, {
      steps: [
        { kind: 'impute', columns: ['count'], strategy: 'mean', indicator: true },
        { kind: 'standard_scale', columns: { kinds: ['numeric'] } },
        { kind: 'drop', columns: { kinds: ['boolean'] } },
      ],
    });
    expect(recipe.features.map(({ name }) => name)).toEqual(['count']);
    expect(recipe.steps.map(({ kind }) => kind)).toEqual(['impute', 'standard_scale', 'drop']);
  });

  it('learns from training rows only: other rows never change the recipe', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 5, maxLength: 12 }),
        fc.array(row, { maxLength: 6 }),
        fc.array(row, { maxLength: 6 }),
        (train, test, otherTest) => {
          const rows = Int32Array.from(train.keys());
          const fit = (extra: typeof test) =>
            fitRecipe(takeRows(tableFrom([...train, ...extra]), rows), everyStep);
          expect(fit(otherTest)).toEqual(fit(test));
        },
      ),
    );
  });

  it('makes the same features of a row alone as of the same row among others', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 5, maxLength: 12 }), (rows) => {
        const table = tableFrom(rows);
        const recipe = fitRecipe(table, everyStep);
        const together = transformTable(table, recipe);
        rows.forEach((one, i) => {
          const alone = transformTable(tableFrom([one]), recipe);
          expect(alone.columns.map((column) => column[0])).toEqual(
            together.columns.map((column) => column[i]),
          );
        });
      }),
    );
  });

  it('works on columns whose names are parts of every object', () => {
    const table = createTable([
      ['__proto__', numeric(1, null)],
      ['constructor', categorical('toString', '__proto__')],
    ]);
    const recipe = fitRecipe(table, defaultRecipeSpec(table, { for: 'linear' }));
    expect(recipe.features.map(({ name }) => name)).toEqual([
      '__proto__',
      '__proto__=(missing)',
      'constructor=__proto__',
      'constructor=toString',
    ]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('throws PREPROCESS_TABLE_EMPTY for a table without rows', () => {
    expect(() => fitRecipe(tableOfX(numeric()), { steps: [] })).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_TABLE_EMPTY' }),
    );
  });

  it('throws PREPROCESS_TEXT_LEFT naming a column that is still text', () => {
    expect(() => fitRecipe(tableOfX(text('a')), { steps: [] })).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_TEXT_LEFT', column: 'x' }),
    );
  });

  it('throws PREPROCESS_SPEC_INVALID for a step that is none', () => {
    const spec = { steps: [{ kind: 'one_hott', columns: ['x'] }] } as never;
    expect(() => fitRecipe(tableOfX(numeric(1)), spec)).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_SPEC_INVALID', path: 'steps[0].kind' }),
    );
  });
});
