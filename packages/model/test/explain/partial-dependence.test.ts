import { createTable, takeRows } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { columnGrid } from '../../src/explain/column-grid.ts';
import { partialDependence } from '../../src/explain/partial-dependence.ts';
import { tinyCustomers, tinyForest } from '../fixtures/tiny-models.ts';
import { amountModel, thresholdModel, thresholdTable } from './threshold-model.ts';

const wrong = (option: string) => expect.objectContaining({ code: 'MODEL_EXPLAIN_OPTION', option });

describe('partialDependence', () => {
  it('averages probabilities by the values of a column of numbers', () => {
    const dependence = partialDependence(thresholdModel(), thresholdTable(), {
      columns: ['x'],
      values: { x: [3, 4] },
    });
    expect(dependence.axes).toEqual([{ column: 'x', values: [3, 4] }]);
    expect(dependence.outputs).toEqual(['no', 'yes']);
    const averages = [...dependence.averages].map((average) => Number(average.toFixed(12)));
    expect(averages).toEqual([0.8, 0.2, 0.2, 0.8]);
  });

  it('averages numbers by the texts of a column, the most frequent first', () => {
    const { axes, averages } = partialDependence(amountModel(), thresholdTable(), {
      columns: ['noise'],
    });
    expect(axes).toEqual([{ column: 'noise', values: ['q', 'p'] }]);
    expect([...averages]).toEqual([10.5, 20.5]);
  });

  it('takes two columns, the second one running fastest', () => {
    const { averages } = partialDependence(amountModel(), thresholdTable(), {
      columns: ['x', 'noise'],
      values: { x: [0, 100], noise: ['p', 'q', null] },
    });
    expect([...averages]).toEqual([10, 0, 0, 310, 300, 300]);
  });

  it('takes booleans and times', () => {
    const model = tinyForest();
    const run = (column: string) =>
      partialDependence(model, tinyCustomers(), { columns: [column], gridSize: 3 });
    expect(run('autopay').axes[0]!.values).toEqual([true, false]);
    const [first, middle, last] = run('since').axes[0]!.values as number[];
    expect(middle).toBe(Math.round((first! + last!) / 2));
    expect(run('since').averages).toHaveLength(6);
  });

  it('throws MODEL_EXPLAIN_OPTION for settings that make no sense', () => {
    const run = (options: Parameters<typeof partialDependence>[2], table = thresholdTable()) =>
      partialDependence(thresholdModel(), table, options);
    expect(() => run({ columns: ['nois'] })).toThrow(wrong('columns'));
    expect(() => run({ columns: ['x', 'x'] })).toThrow(wrong('columns'));
    expect(() => run({ columns: ['x'], gridSize: 1 })).toThrow(wrong('gridSize'));
    expect(() => run({ columns: ['x'], values: { x: [] } })).toThrow(wrong('values'));
    expect(() => run({ columns: ['x'] }, takeRows(thresholdTable(), []))).toThrow(wrong('table'));
  });

  it('throws TABLE_CELL_TYPE for a value that the column cannot hold', () => {
    expect(() =>
      partialDependence(thresholdModel(), thresholdTable(), {
        columns: ['x'],
        values: { x: ['ten'] },
      }),
    ).toThrow(expect.objectContaining({ code: 'TABLE_CELL_TYPE', column: 'x' }));
  });
});

describe('columnGrid', () => {
  const numbers = (values: number[]) =>
    ({ kind: 'numeric', values: Float64Array.from(values) }) as const;

  it('takes all values where there are few, without missing ones', () => {
    expect(columnGrid(numbers([3, NaN, 1, 3, 2]), 3)).toEqual([1, 2, 3]);
  });

  it('else spaces values evenly between the 5th and the 95th percentile', () => {
    const values = Array.from({ length: 101 }, (_, i) => 100 - i);
    expect(columnGrid(numbers(values), 4)).toEqual([5, 35, 65, 95]);
  });

  it('keeps whole numbers whole, each of them once', () => {
    const values = Float64Array.from({ length: 12 }, (_, i) => i % 6);
    expect(columnGrid({ kind: 'integer', values }, 5)).toEqual([0, 1, 3, 4, 5]);
  });

  it('finds nothing in a column that is missing throughout', () => {
    expect(columnGrid(numbers([NaN, NaN]), 5)).toEqual([]);
    const { columns } = createTable([['x', numbers([NaN])]]);
    expect(columnGrid(columns.get('x')!, 2)).toEqual([]);
  });
});
