import { describe, expect, it } from 'vitest';
import { type ClipSpec, fitRecipe, transformTable } from '../../src/index.ts';
import { cellsIn, numeric, tableOfX } from '../tiny-table.ts';

function clipped(bounds: Omit<ClipSpec, 'kind' | 'columns'>, ...cells: (number | null)[]) {
  const train = tableOfX(numeric(0, 1, 2, 3, 4, null));
  const recipe = fitRecipe(train, { steps: [{ kind: 'clip', columns: ['x'], ...bounds }] });
  return cellsIn(transformTable(tableOfX(numeric(...cells)), recipe).columns[0]!);
}

describe('clip', () => {
  it('holds values between given bounds and leaves missing cells missing', () => {
    expect(clipped({ minimum: 1, maximum: 2 }, -5, 1.5, 9, null)).toEqual([1, 1.5, 2, null]);
  });

  it('holds infinite values too', () => {
    expect(clipped({ minimum: 1, maximum: 2 }, Infinity, -Infinity)).toEqual([2, 1]);
  });

  it('leaves the side without a bound open', () => {
    expect(clipped({ minimum: 1 }, -5, 1e9)).toEqual([1, 1e9]);
  });

  it('learns quantiles of the training rows as bounds', () => {
    expect(clipped({ lowerQuantile: 0.25, upperQuantile: 0.9 }, -5, 2, 9)).toEqual([1, 2, 3.6]);
  });

  it('lets the upper bound win where a learnt one lies below a given one', () => {
    expect(clipped({ minimum: 3, upperQuantile: 0.5 }, 0, 2, 9)).toEqual([2, 2, 2]);
  });
});
