import { createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { fitRecipe, transformTable } from '../../src/index.ts';
import { cellsIn, categorical, numeric } from '../tiny-table.ts';

const table = createTable([
  ['id', categorical('p', 'q')],
  ['a', numeric(1, null)],
  ['b', numeric(3, 4)],
]);

describe('drop', () => {
  it('leaves columns out with its reason, and asks for none of them at prediction', () => {
    const recipe = fitRecipe(table, {
      steps: [{ kind: 'drop', columns: ['id', 'b'], reason: 'agreed with the team' }],
    });
    expect(recipe.inputs).toEqual([{ name: 'a', type: 'double', required: true }]);
    expect(recipe.steps).toEqual([]);
    expect(recipe.dropped).toEqual([
      { column: 'id', reason: 'agreed with the team' },
      { column: 'b', reason: 'agreed with the team' },
    ]);
    const matrix = transformTable(createTable([['a', numeric(7)]]), recipe);
    expect(matrix.columns.map(cellsIn)).toEqual([[7]]);
  });

  it('drops by kind, exceptions aside', () => {
    const recipe = fitRecipe(table, {
      steps: [
        { kind: 'drop', columns: { kinds: ['numeric'], except: ['b'] } },
        { kind: 'drop', columns: ['id'] },
      ],
    });
    expect(recipe.features).toEqual([{ name: 'b', kind: 'numeric' }]);
  });

  it('still asks for a column that an earlier step looked into', () => {
    const recipe = fitRecipe(table, {
      steps: [
        { kind: 'impute', columns: ['a'], strategy: 'mean', indicator: true },
        { kind: 'drop', columns: ['a', 'id'] },
      ],
    });
    expect(recipe.inputs.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(recipe.features.map(({ name }) => name)).toEqual(['a=(missing)', 'b']);
    const matrix = transformTable(table, recipe);
    expect(matrix.columns.map(cellsIn)).toEqual([
      [0, 1],
      [3, 4],
    ]);
  });

  it('throws PREPROCESS_STEP_COLUMN_NOT_FOUND naming the nearest column', () => {
    expect(() => fitRecipe(table, { steps: [{ kind: 'drop', columns: ['idd'] }] })).toThrow(
      expect.objectContaining({
        code: 'PREPROCESS_STEP_COLUMN_NOT_FOUND',
        column: 'idd',
        message: expect.stringContaining('"id"') as string,
      }),
    );
  });
});
