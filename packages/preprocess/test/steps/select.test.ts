import { createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { fitRecipe } from '../../src/index.ts';
import { categorical, numeric } from '../tiny-table.ts';

describe('select', () => {
  const table = createTable([
    ['id', categorical('p', 'q')],
    ['a', numeric(1, 2)],
    ['b', numeric(3, 4)],
  ]);

  it('keeps the named columns in the order of the table', () => {
    const recipe = fitRecipe(table, { steps: [{ kind: 'select', columns: ['b', 'a'] }] });
    expect(recipe.inputs.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(recipe.dropped).toEqual([{ column: 'id', reason: 'not selected' }]);
  });

  it('throws PREPROCESS_NO_FEATURES naming what was dropped when nothing is left', () => {
    expect(() =>
      fitRecipe(table, { steps: [{ kind: 'select', columns: { kinds: ['boolean'] } }] }),
    ).toThrow(
      expect.objectContaining({
        code: 'PREPROCESS_NO_FEATURES',
        message: expect.stringContaining('"id" (not selected)') as string,
      }),
    );
  });
});
