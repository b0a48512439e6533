import { describe, expect, it } from 'vitest';
import { freeName, outputName } from '../src/free-name.ts';

describe('outputName', () => {
  it('puts the suffix before the ending', () => {
    expect(outputName('customers.csv')).toBe('customers_predictions.csv');
    expect(outputName('2026.01.CSV')).toBe('2026.01_predictions.CSV');
    expect(outputName('a.jsonl.gz')).toBe('a_predictions.jsonl.gz');
  });
});

describe('freeName', () => {
  it('keeps a name that is free', () => {
    expect(freeName('a.csv', () => false)).toBe('a.csv');
  });

  it('takes the first number that is free', () => {
    const taken = new Set(['a.csv', 'a-2.csv']);
    expect(freeName('a.csv', (name) => taken.has(name))).toBe('a-3.csv');
  });
});

it('cuts names that have no room for what stands behind them', () => {
  const long = `${'é'.repeat(125)}.csv`;
  expect(Buffer.byteLength(long)).toBe(254);

  const output = outputName(long);
  const second = freeName(output, (name) => name === output);
  const archived = freeName(long, (name) => name === long);

  expect(output).toBe(`${'é'.repeat(115)}_predictions.csv`);
  expect(second).toBe(`${'é'.repeat(115)}_predictions-2.csv`);
  expect(archived).toBe(`${'é'.repeat(124)}-2.csv`);
});
