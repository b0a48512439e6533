import { describe, expect, it } from 'vitest';
import { runSteps } from '../run-step.ts';
import { numeric } from '../tiny-table.ts';

describe('missing_indicator', () => {
  it('stands beside columns that miss training cells, and leaves all cells as they are', () => {
    const { later } = runSteps([{ kind: 'missing_indicator', columns: { kinds: ['numeric'] } }], {
      train: { x: numeric(1, null), y: numeric(1, 2) },
      test: { x: numeric(null, 5), y: numeric(null, 3) },
    });
    expect(later).toEqual({ x: [null, 5], 'x=(missing)': [1, 0], y: [null, 3] });
  });
});
