import { describe, expect, it } from 'vitest';
import { runSteps } from '../run-step.ts';
import { boolean, categorical, numeric, text } from '../tiny-table.ts';

describe('frequency_encode', () => {
  it('gives each category its share of the training rows, missing cells included', () => {
    const { later } = runSteps([{ kind: 'frequency_encode', columns: ['x', 'n', 'b'] }], {
      train: {
        x: categorical('a', 'a', 'b', null),
        n: numeric(1, 1, 1, 2),
        b: boolean(true, false, false, false),
      },
      test: {
        x: text('b', 'new', null, 'a'),
        n: numeric(2, 3, null, 1),
        b: boolean(true, false, null, true),
      },
    });
    expect(later).toEqual({
      x: [0.25, 0, 0.25, 0.5],
      n: [0.25, 0, 0, 0.75],
      b: [0.25, 0.75, 0, 0.25],
    });
  });

  it('takes more categories than a call takes arguments', () => {
    const rowCount = 150_000;
    const many = {
      kind: 'categorical',
      codes: Int32Array.from({ length: rowCount }, (_, row) => row),
      dictionary: Array.from({ length: rowCount }, (_, row) => `id ${row}`),
    } as const;
    const { later } = runSteps([{ kind: 'frequency_encode', columns: ['x'] }], {
      train: { x: many },
      test: { x: categorical('id 149999', 'new') },
    });
    expect(later['x']).toEqual([1 / rowCount, 0]);
  });
});
