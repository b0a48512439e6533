import { describe, expect, it } from 'vitest';
import { addedColumns, noAddedRows } from '../src/added-columns.ts';

const names = { prediction: 'p', probability: 'q', timestamp: 't' };

describe('addedColumns', () => {
  it('has the predicted class, its probability and the time', () => {
    const table = addedColumns(
      {
        task: 'classification',
        rowCount: 2,
        classes: ['no', 'yes'],
        labels: Int32Array.of(1, 0),
        probabilities: Float64Array.of(0.25, 0.75, 0.5, 0.5),
      },
      names,
      1000,
    );
    expect([...table.columns]).toEqual([
      ['p', { kind: 'categorical', codes: Int32Array.of(1, 0), dictionary: ['no', 'yes'] }],
      ['q', { kind: 'numeric', values: Float64Array.of(0.75, 0.5) }],
      ['t', { kind: 'timestamp', values: Float64Array.of(1000, 1000) }],
    ]);
  });
});

describe('noAddedRows', () => {
  it('has the same columns without rows', () => {
    expect([...noAddedRows('classification', names).columns.keys()]).toEqual(['p', 'q', 't']);
    const { prediction, timestamp } = names;
    expect([...noAddedRows('regression', { prediction, timestamp }).columns.keys()]).toEqual([
      'p',
      't',
    ]);
  });
});
