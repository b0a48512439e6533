import { createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { measureRelations } from '../../src/index.ts';
import { boolean, categorical, integer, numeric } from '../tiny-table.ts';

describe('measureRelations', () => {
  it('correlates numbers over the rows in which both are there; constants correlate with nothing', () => {
    const { correlations, target } = measureRelations(
      createTable([
        ['a', numeric(1, 2, 3, null)],
        ['b', integer(6, 4, 2, 9)],
        ['text', categorical('x', 'y', 'x', 'y')],
        ['same', numeric(1, 1, 1, 1)],
      ]),
    );
    expect(correlations.columns).toEqual(['a', 'b', 'same']);
    expect(correlations.matrix[0]![1]).toBeCloseTo(-1, 12);
    expect(correlations.matrix[1]![2]).toBeNull();
    expect(target).toBeUndefined();
  });

  it('says what share of each class is in each group, and how strong that is', () => {
    const { target } = measureRelations(
      createTable([
        ['noise', categorical('x', 'x', 'y', 'y', 'x', 'x', 'y', 'y')],
        ['tells', categorical('p', 'p', 'p', 'p', 'q', 'q', 'q', null)],
        ['churn', boolean(true, true, true, true, false, false, false, false)],
      ]),
      'churn',
    );
    expect(target).toMatchObject({ name: 'churn', classes: ['false', 'true'] });
    expect(target!.columns.map(({ column, strength }) => [column, strength])).toEqual([
      ['tells', 1],
      ['noise', 0],
    ]);
    expect(target!.columns[0]!.groups).toEqual([
      { label: 'p', count: 4, shares: [0, 1] },
      { label: 'q', count: 3, shares: [1, 0] },
      { label: 'missing', count: 1, shares: [1, 0] },
    ]);
  });

  it('says the mean of a target of numbers, and leaves out rows without one', () => {
    const cells = Array.from({ length: 100 }, (_, i) => i / 7);
    const { target } = measureRelations(
      createTable([
        ['x', numeric(...cells)],
        ['y', numeric(...cells.map((cell, i) => (i === 99 ? null : 2 * cell)))],
      ]),
      'y',
    );
    const [relation] = target!.columns;
    expect(relation!.groups).toHaveLength(10);
    expect(relation!.groups.reduce((sum, { count }) => sum + count, 0)).toBe(99);
    expect(relation!.groups[0]!.mean).toBeCloseTo((2 * 4.5) / 7, 10);
    expect(relation!.strength).toBeGreaterThan(0.98);
  });
});
