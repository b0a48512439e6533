import { describe, expect, it } from 'vitest';
import { type RecipeSpec, fitRecipe, transformTable } from '../../src/index.ts';
import { expectSame, reference } from '../scikit-learn-reference.ts';
import { cellsIn, numeric, tableOfX } from '../tiny-table.ts';

const spec: RecipeSpec = { steps: [{ kind: 'log1p', columns: ['x'] }] };

describe('log1p', () => {
  it.each(Object.entries(reference.numbers))(
    'matches numpy on "%s" within 1e-9',
    (_name, case_) => {
      const table = tableOfX(numeric(...case_.train.map((x) => (x === null ? null : Math.abs(x)))));
      expectSame(transformTable(table, fitRecipe(table, spec)), [case_.log1p]);
    },
  );

  it('throws PREPROCESS_VALUE_OUT_OF_RANGE for a training value of -1', () => {
    expect(() => fitRecipe(tableOfX(numeric(0, -1)), spec)).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_VALUE_OUT_OF_RANGE', column: 'x', row: 1 }),
    );
  });

  it('makes a later value of -1 or less missing', () => {
    const recipe = fitRecipe(tableOfX(numeric(0)), spec);
    const matrix = transformTable(tableOfX(numeric(0, -1, -2, null)), recipe);
    expect(cellsIn(matrix.columns[0]!)).toEqual([0, null, null, null]);
  });
});
