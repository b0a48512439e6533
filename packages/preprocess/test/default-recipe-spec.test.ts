import { createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { defaultRecipeSpec, fitRecipe, transformTable } from '../src/index.ts';
import { boolean, categorical, cellsIn, numeric, text, timestamp } from './tiny-table.ts';

const twelve = Array.from({ length: 12 }, (_, i) => i);
const table = createTable([
  ['customerID', categorical(...twelve.map((i) => `C-${i}`))],
  ['comment', text(...twelve.map((i) => `text ${i}`))],
  ['country', categorical(...twelve.map(() => 'NO'))],
  ['gone', numeric(...twelve.map(() => null))],
  ['tenure', numeric(...twelve.map((i) => (i === 3 ? null : i)))],
  ['member', boolean(...twelve.map((i) => (i === 0 ? null : i % 3 === 0)))],
  ['since', timestamp(...twelve.map((i) => i * 1000))],
  ['plan', categorical(...twelve.map((i) => ['basic', 'plus', null][i % 3]!))],
  ['churn', categorical(...twelve.map((i) => (i % 2 === 0 ? 'yes' : 'no')))],
]);

describe('defaultRecipeSpec', () => {
  it('leaves out what teaches nothing, with the reason', () => {
    const spec = defaultRecipeSpec(table, { for: 'trees', target: 'churn' });
    const recipe = fitRecipe(table, spec, { target: 'churn' });
    expect(recipe.dropped).toEqual([
      {
        column: 'customerID',
        reason: 'identifier or free text: 12 different values in 12 rows',
      },
      { column: 'comment', reason: 'identifier or free text: 12 different values in 12 rows' },
      { column: 'country', reason: 'every row has the same value' },
      { column: 'gone', reason: 'no row has a value' },
    ]);
    expect(recipe.inputs.map(({ name }) => name)).toEqual(['tenure', 'member', 'since', 'plan']);
  });

  it('leaves thousands of columns out in one step a reason', () => {
    const columns = Array.from(
      { length: 3000 },
      (_, i) => [`c${i}`, i % 2 === 0 ? numeric(1, 1, 1) : numeric(null, null, null)] as const,
    );
    const wide = createTable([...columns, ['x', numeric(1, 2, 3)]]);
    const spec = defaultRecipeSpec(wide, { for: 'trees' });
    expect(spec.steps.map(({ kind }) => kind)).toEqual(['drop', 'drop', 'one_hot']);
    const recipe = fitRecipe(wide, spec);
    expect(recipe.inputs.map(({ name }) => name)).toEqual(['x']);
    expect(recipe.dropped).toHaveLength(3000);
  });

  it('gives trees numbers as they are and texts one-hot', () => {
    const spec = defaultRecipeSpec(table, { for: 'trees', target: 'churn' });
    const matrix = transformTable(table, fitRecipe(table, spec, { target: 'churn' }));
    expect(matrix.features.map(({ name }) => name)).toEqual([
      'tenure',
      'member',
      'since',
      'plan=basic',
      'plan=plus',
      'plan=(missing)',
    ]);
    expect(cellsIn(matrix.columns[0]!)[3]).toBe(null);
  });

  it('gives linear models filled, standardised numbers with a mark where cells were missing', () => {
    const spec = defaultRecipeSpec(table, { for: 'linear', target: 'churn' });
    const matrix = transformTable(table, fitRecipe(table, spec, { target: 'churn' }));
    expect(matrix.features.map(({ name }) => name)).toEqual([
      'tenure',
      'tenure=(missing)',
      'member',
      'member=(missing)',
      'since',
      'plan=basic',
      'plan=plus',
      'plan=(missing)',
    ]);
    expect(matrix.columns.every((column) => column.every(Number.isFinite))).toBe(true);
    const tenure = matrix.columns[0]!;
    expect(tenure.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 10);
    expect(tenure.reduce((sum, x) => sum + x * x, 0) / 12).toBeCloseTo(1, 10);
    expect(cellsIn(matrix.columns[2]!)).toEqual([0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]);
  });

  it('leaves timestamps out where asked for', () => {
    const spec = defaultRecipeSpec(table, { for: 'trees', target: 'churn', timestamps: 'drop' });
    const recipe = fitRecipe(table, spec, { target: 'churn' });
    expect(recipe.dropped).toContainEqual({
      column: 'since',
      reason: 'timestamps are left out of this recipe',
    });
  });

  it('groups rare and unknown categories beyond the most that are allowed', () => {
    const cities = createTable([['city', categorical('a', 'a', 'a', 'b', 'b', 'c', 'd')]]);
    const spec = defaultRecipeSpec(cities, { for: 'trees', maxCategories: 3 });
    const recipe = fitRecipe(cities, spec);
    expect(recipe.features.map(({ name }) => name)).toEqual(['city=a', 'city=b', 'city=(other)']);
    const later = createTable([['city', categorical('d', 'unheard of', null, 'a')]]);
    expect(transformTable(later, recipe).columns.map(cellsIn)).toEqual([
      [0, 0, 0, 1],
      [0, 0, 0, 0],
      [1, 1, 1, 0],
    ]);
  });

  it('keeps a text of few rows even when all differ: that may be chance', () => {
    const few = createTable([['color', categorical('red', 'green', 'blue')]]);
    expect(fitRecipe(few, defaultRecipeSpec(few, { for: 'trees' })).dropped).toEqual([]);
  });

  it('drops a text that is different in more than half of the rows', () => {
    const tickets = Array.from({ length: 60 }, (_, i) => `T${i % 31}`);
    const many = createTable([
      ['ticket', categorical(...tickets)],
      ['cabin', categorical(...tickets.map((_, i) => `C${i % 30}`))],
    ]);
    const { dropped } = fitRecipe(many, defaultRecipeSpec(many, { for: 'trees' }));
    expect(dropped.map(({ column }) => column)).toEqual(['ticket']);
  });
});
