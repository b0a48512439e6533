import { describe, expect, it } from 'vitest';
import { type OrdinalEncodeSpec, fitRecipe, transformTable } from '../../src/index.ts';
import { expectSame, reference } from '../scikit-learn-reference.ts';
import { boolean, categorical, cellsIn, integer, tableOfX, text } from '../tiny-table.ts';

const step: OrdinalEncodeSpec = { kind: 'ordinal_encode', columns: ['x'] };

describe('ordinal_encode', () => {
  it.each(Object.entries(reference.texts))('matches scikit-learn on "%s"', (_name, case_) => {
    const train = tableOfX(categorical(...case_.train));
    const recipe = fitRecipe(train, { steps: [{ ...step, unknown: -1 }] });
    expectSame(transformTable(train, recipe), case_.ordinal.train);
    const [red, unheard, , nine, zebra] = case_.test as string[];
    const test = tableOfX(text(red!, unheard!, nine!, zebra!));
    expectSame(transformTable(test, recipe), case_.ordinal.test);
  });

  it('takes the order it is given', () => {
    const table = tableOfX(categorical('low', 'high', 'middle'));
    const recipe = fitRecipe(table, {
      steps: [{ ...step, categories: ['low', 'middle', 'high'] }],
    });
    expect(cellsIn(transformTable(table, recipe).columns[0]!)).toEqual([0, 2, 1]);
  });

  it('throws PREPROCESS_CATEGORY_UNKNOWN when a training row is not in the given order', () => {
    expect(() =>
      fitRecipe(tableOfX(categorical('low', 'huge')), {
        steps: [{ ...step, categories: ['low', 'high'] }],
      }),
    ).toThrow(expect.objectContaining({ code: 'PREPROCESS_CATEGORY_UNKNOWN', category: 'huge' }));
  });

  it.each([
    ['texts', categorical('1', '2'), [1, 2]],
    ['numbers', integer(1, 2), ['1', '2']],
  ])('throws PREPROCESS_STEP_COLUMN_KIND for %s in an order of the others', (_, x, categories) => {
    expect(() =>
      fitRecipe(tableOfX(x), { steps: [{ ...step, categories, unknown: 'missing' }] }),
    ).toThrow(expect.objectContaining({ code: 'PREPROCESS_STEP_COLUMN_KIND' }));
  });

  it('keeps missing cells missing and makes unknown ones missing where asked for', () => {
    const recipe = fitRecipe(tableOfX(integer(30, 10)), {
      steps: [{ ...step, unknown: 'missing' }],
    });
    const matrix = transformTable(tableOfX(integer(10, 30, 20, null)), recipe);
    expect(cellsIn(matrix.columns[0]!)).toEqual([0, 1, null, null]);
  });

  it('gives missing cells a number where asked for', () => {
    const table = tableOfX(boolean(true, null, false));
    const recipe = fitRecipe(table, { steps: [{ ...step, missing: 9 }] });
    expect(cellsIn(transformTable(table, recipe).columns[0]!)).toEqual([1, 9, 0]);
  });

  it('says how many categories there are when they are names without an order', () => {
    const recipe = fitRecipe(tableOfX(categorical('b', 'a')), {
      steps: [{ ...step, output: 'categorical', unknown: 'missing' }],
    });
    expect(recipe.features).toEqual([{ name: 'x', kind: 'categorical', categories: 2 }]);
  });
});
