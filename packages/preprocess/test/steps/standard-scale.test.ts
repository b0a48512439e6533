import { describe, expect, it } from 'vitest';
import { type RecipeSpec, fitRecipe, transformTable } from '../../src/index.ts';
import { expectSame, reference } from '../scikit-learn-reference.ts';
import { categorical, cellsIn, numeric, tableOfX } from '../tiny-table.ts';

const spec: RecipeSpec = { steps: [{ kind: 'standard_scale', columns: ['x'] }] };

describe('standard_scale', () => {
  it.each(Object.entries(reference.numbers))(
    'matches scikit-learn on "%s" within 1e-9',
    (_name, case_) => {
      const train = tableOfX(numeric(...case_.train));
      const recipe = fitRecipe(train, spec);
      expectSame(transformTable(train, recipe), case_.standard_scale.train);
      const test = tableOfX(numeric(...case_.test));
      expectSame(transformTable(test, recipe), case_.standard_scale.test);
    },
  );

  it('gives a constant column scale 1', () => {
    const recipe = fitRecipe(tableOfX(numeric(0.1, 0.1, 0.1)), spec);
    expect(recipe.steps[0]).toMatchObject({ columns: [{ scale: 1 }] });
  });

  it('changes nothing in a column that has no value in the training rows', () => {
    const recipe = fitRecipe(tableOfX(numeric(null, null)), spec);
    const matrix = transformTable(tableOfX(numeric(7, null)), recipe);
    expect(cellsIn(matrix.columns[0]!)).toEqual([7, null]);
  });

  it.each([Infinity, -1e200])('throws PREPROCESS_VALUE_NOT_FINITE on %d', (value) => {
    expect(() => fitRecipe(tableOfX(numeric(1, value)), spec)).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_VALUE_NOT_FINITE', column: 'x', row: 1 }),
    );
  });

  it('throws PREPROCESS_STEP_COLUMN_KIND on a text', () => {
    expect(() => fitRecipe(tableOfX(categorical('a')), spec)).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_STEP_COLUMN_KIND', step: 'standard_scale' }),
    );
  });
});
