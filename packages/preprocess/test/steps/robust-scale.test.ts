import { describe, expect, it } from 'vitest';
import { runSteps } from '../run-step.ts';
import { numeric } from '../tiny-table.ts';

describe('robust_scale', () => {
  it('moves the median to 0 and divides by the distance of the quartiles', () => {
    const { later } = runSteps([{ kind: 'robust_scale', columns: ['x'] }], {
      train: { x: numeric(1, 2, 3, 4, 1000, null) },
      test: { x: numeric(3, 5, null) },
    });
    expect(later).toEqual({ x: [0, 1, null] });
  });

  it('takes other quantiles, and only shifts a column without a distance', () => {
    const { later } = runSteps([{ kind: 'robust_scale', columns: ['x', 'y'], quantiles: [0, 1] }], {
      train: { x: numeric(0, 1, 10), y: numeric(7, 7, 7) },
    });
    expect(later).toEqual({ x: [-0.1, 0, 0.9], y: [0, 0, 0] });
  });
});
