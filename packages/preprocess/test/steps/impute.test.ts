import { createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { type ImputeSpec, type RecipeSpec, fitRecipe, transformTable } from '../../src/index.ts';
import { expectSame, reference } from '../scikit-learn-reference.ts';
import { boolean, categorical, cellsIn, integer, numeric, tableOfX, text } from '../tiny-table.ts';

function imputing(settings: Omit<ImputeSpec, 'kind' | 'columns'>): RecipeSpec {
  return { steps: [{ kind: 'impute', columns: ['x'], ...settings }] };
}

describe('impute', () => {
  const strategies = ['mean', 'median', 'most_frequent'] as const;
  describe.each(Object.entries(reference.numbers))('on the column "%s"', (_name, case_) => {
    const train = tableOfX(numeric(...case_.train));
    const test = tableOfX(numeric(...case_.test));

    it.each(strategies)(
      'fills with the %s and marks what was missing as scikit-learn does',
      (s) => {
        const recipe = fitRecipe(train, imputing({ strategy: s, indicator: true }));
        expectSame(transformTable(train, recipe), case_[s].train);
        expectSame(transformTable(test, recipe), case_[s].test);
      },
    );

    it('fills with a constant as scikit-learn does', () => {
      const recipe = fitRecipe(train, imputing({ strategy: 'constant', value: -1 }));
      expectSame(transformTable(train, recipe), case_.constant.train);
      expectSame(transformTable(test, recipe), case_.constant.test);
    });
  });

  it.each(Object.entries(reference.texts))(
    'finds the most frequent text of "%s" as scikit-learn does',
    (_name, case_) => {
      const spec: RecipeSpec = {
        steps: [
          { kind: 'impute', columns: ['x'], strategy: 'most_frequent' },
          { kind: 'ordinal_encode', columns: ['x'] },
        ],
      };
      const recipe = fitRecipe(tableOfX(categorical(...case_.train)), spec);
      expect(recipe.steps[0]).toMatchObject({ columns: [{ fill: case_.most_frequent }] });
    },
  );

  it('takes the smallest of equally frequent values', () => {
    const recipe = fitRecipe(
      tableOfX(integer(5, 3, 5, 3, null)),
      imputing({ strategy: 'most_frequent' }),
    );
    expect(recipe.steps[0]).toMatchObject({ columns: [{ fill: 3 }] });
  });

  it.each([
    ['categorical', categorical('a', null, 'b')],
    ['text', text('a', null, 'b')],
  ])('fills %s cells with a constant, known or not', (_kind, column) => {
    for (const [value, codes] of [
      ['b', [0, 1, 1]],
      ['c', [0, 2, 1]],
    ] as const) {
      const recipe = fitRecipe(tableOfX(column), {
        steps: [
          { kind: 'impute', columns: ['x'], strategy: 'constant', value },
          { kind: 'ordinal_encode', columns: ['x'] },
        ],
      });
      const matrix = transformTable(tableOfX(column), recipe);
      expect(cellsIn(matrix.columns[0]!)).toEqual(codes);
    }
  });

  it('fills booleans with the more frequent one', () => {
    const table = tableOfX(boolean(true, true, false, null));
    const matrix = transformTable(
      table,
      fitRecipe(table, imputing({ strategy: 'most_frequent', indicator: true })),
    );
    expect(matrix.features.map(({ name }) => name)).toEqual(['x', 'x=(missing)']);
    expect(matrix.columns.map(cellsIn)).toEqual([
      [1, 1, 0, 1],
      [0, 0, 0, 1],
    ]);
  });

  it('makes no indicator for a column that misses nothing in the training rows', () => {
    const recipe = fitRecipe(
      tableOfX(numeric(1, 2)),
      imputing({ strategy: 'mean', indicator: true }),
    );
    expect(recipe.features.map(({ name }) => name)).toEqual(['x']);
    const matrix = transformTable(tableOfX(numeric(null)), recipe);
    expect(cellsIn(matrix.columns[0]!)).toEqual([1.5]);
  });

  it('drops a column without a value, and does not ask for it at prediction', () => {
    const table = createTable([
      ['empty', numeric(null, null)],
      ['y', numeric(1, null)],
    ]);
    const recipe = fitRecipe(table, {
      steps: [{ kind: 'impute', columns: { kinds: ['numeric'] }, strategy: 'mean' }],
    });
    expect(recipe.inputs.map(({ name }) => name)).toEqual(['y']);
    expect(recipe.dropped).toEqual([{ column: 'empty', reason: 'no value in the training rows' }]);
  });

  it('leaves the cells of the table as they are', () => {
    const column = numeric(1, null, 3);
    transformTable(tableOfX(column), fitRecipe(tableOfX(column), imputing({ strategy: 'mean' })));
    expect(column).toEqual(numeric(1, null, 3));
  });

  it.each([
    ['the mean of a text', { strategy: 'mean' }, categorical('a')],
    ['a text for numbers', { strategy: 'constant', value: 'a' }, numeric(1)],
    ['a number for texts', { strategy: 'constant', value: 1 }, categorical('a')],
  ] as const)('throws PREPROCESS_STEP_COLUMN_KIND on %s', (_case, settings, column) => {
    expect(() => fitRecipe(tableOfX(column), imputing(settings))).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_STEP_COLUMN_KIND', column: 'x' }),
    );
  });

  it('throws PREPROCESS_VALUE_NOT_FINITE naming the row of an infinite cell', () => {
    expect(() =>
      fitRecipe(tableOfX(numeric(1, null, -Infinity)), imputing({ strategy: 'mean' })),
    ).toThrow(expect.objectContaining({ code: 'PREPROCESS_VALUE_NOT_FINITE', row: 2 }));
  });
});
