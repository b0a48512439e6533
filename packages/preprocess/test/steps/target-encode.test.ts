import { describe, expect, it } from 'vitest';
import { runSteps } from '../run-step.ts';
import { categorical, numeric } from '../tiny-table.ts';

const x = categorical('a', 'a', 'a', 'b', 'b', null, 'a', 'b');
const y = categorical('no', 'yes', 'yes', 'no', 'no', 'yes', 'yes', 'no');

describe('target_encode', () => {
  it('gives later rows the mean of their category, drawn towards the mean of all', () => {
    const { later } = runSteps(
      [{ kind: 'target_encode', columns: ['x'], smoothing: 2, folds: 2 }],
      {
        train: { x, y },
        test: { x: categorical('a', 'b', null, 'new') },
        target: 'y',
      },
    );
    // 4 of 8 rows say yes: (3 + 2 * 0.5) / (4 + 2), (0 + 1) / (3 + 2), (1 + 1) / (1 + 2), 0.5.
    expect(later['x']).toEqual([2 / 3, 0.2, 2 / 3, 0.5].map((value) => expect.closeTo(value, 12)));
  });

  it("keeps a training row's own target out of its feature", () => {
    const flipped = categorical('yes', 'yes', 'yes', 'no', 'no', 'yes', 'yes', 'no');
    const steps = [{ kind: 'target_encode', columns: ['x'], smoothing: 1, seed: 4 }] as const;
    const numbers = (column: typeof y) =>
      numeric(
        ...Array.from({ length: 8 }, (_, row) => (row === 0 && column === flipped ? 50 : row)),
      );
    const before = runSteps(steps, {
      train: { x, y: numbers(y) },
      target: 'y',
      task: 'regression',
    });
    const after = runSteps(steps, {
      train: { x, y: numbers(flipped) },
      target: 'y',
      task: 'regression',
    });
    expect(after.training['x']![0]).toBe(before.training['x']![0]);
    expect(after.training['x']).not.toEqual(before.training['x']);
    expect(after.later['x']![0]).not.toBe(before.later['x']![0]);
  });

  it('has a column for each of more than two classes', () => {
    const { later } = runSteps(
      [{ kind: 'target_encode', columns: ['x'], smoothing: 0, folds: 2 }],
      {
        train: { x: categorical('a', 'a', 'b', 'b'), y: categorical('p', 'q', 'r', 'r') },
        target: 'y',
      },
    );
    expect(later).toEqual({
      'x:p': [0.5, 0.5, 0, 0],
      'x:q': [0.5, 0.5, 0, 0],
      'x:r': [0, 0, 1, 1],
    });
  });

  it('takes more categories than a call takes arguments', () => {
    const rowCount = 150_000;
    const many = {
      kind: 'categorical',
      codes: Int32Array.from({ length: rowCount }, (_, row) => row),
      dictionary: Array.from({ length: rowCount }, (_, row) => `id ${row}`),
    } as const;
    const amounts = {
      kind: 'numeric',
      values: Float64Array.from({ length: rowCount }, (_, row) => row),
    } as const;
    const { later } = runSteps([{ kind: 'target_encode', columns: ['x'], smoothing: 0 }], {
      train: { x: many, y: amounts },
      test: { x: categorical('id 149999', 'id 0', 'new') },
      target: 'y',
    });
    expect(later['x']).toEqual([149_999, 0, expect.closeTo(149_999 / 2, 6)]);
  });

  it('throws PREPROCESS_TARGET_NEEDED without a target', () => {
    expect(() => runSteps([{ kind: 'target_encode', columns: ['x'] }], { train: { x } })).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_TARGET_NEEDED', step: 'target_encode' }),
    );
  });
});
