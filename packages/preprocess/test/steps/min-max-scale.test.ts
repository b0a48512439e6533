import { describe, expect, it } from 'vitest';
import { type MinMaxScaleSpec, fitRecipe, transformTable } from '../../src/index.ts';
import { expectSame, reference } from '../scikit-learn-reference.ts';
import { cellsIn, numeric, tableOfX } from '../tiny-table.ts';

const step: MinMaxScaleSpec = { kind: 'min_max_scale', columns: ['x'] };

describe('min_max_scale', () => {
  describe.each(Object.entries(reference.numbers))('on the column "%s"', (_name, case_) => {
    const train = tableOfX(numeric(...case_.train));
    const test = tableOfX(numeric(...case_.test));

    it('matches scikit-learn for a range of -1 to 2 within 1e-9', () => {
      const recipe = fitRecipe(train, { steps: [{ ...step, range: [-1, 2] }] });
      expectSame(transformTable(train, recipe), case_.min_max_scale.train);
      expectSame(transformTable(test, recipe), case_.min_max_scale.test);
    });

    it('matches scikit-learn with clipping within 1e-9', () => {
      const recipe = fitRecipe(train, { steps: [{ ...step, outside: 'clip' }] });
      expectSame(transformTable(train, recipe), case_.min_max_clip.train);
      expectSame(transformTable(test, recipe), case_.min_max_clip.test);
    });
  });

  it('lets later values run out of the range unless told to clip', () => {
    const recipe = fitRecipe(tableOfX(numeric(10, 20)), { steps: [step] });
    const matrix = transformTable(tableOfX(numeric(5, 15, 40, null)), recipe);
    expect(cellsIn(matrix.columns[0]!)).toEqual([-0.5, 0.5, 3, null]);
  });
});
