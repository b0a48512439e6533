import { describe, expect, it } from 'vitest';
import { inferTask } from '../src/index.ts';
import { boolean, categorical, integer, numeric, text, timestamp } from './tiny-table.ts';

const repeated = (distinct: number, rows: number) =>
  integer(...Array.from({ length: rows }, (_, i) => i % distinct));

describe('inferTask', () => {
  it.each([
    ['categories', categorical('a', 'b')],
    ['texts', text('a', 'b')],
    ['booleans', boolean(true, false)],
    ['0 and 1, however few rows', integer(0, 1, 1)],
    ['3 whole numbers in 9 rows', repeated(3, 9)],
    ['20 whole numbers in 400 rows', repeated(20, 400)],
    ['whole numbers with a missing cell', integer(0, 1, null, 1)],
  ])('says classification for %s', (_what, column) => {
    expect(inferTask(column)).toBe('classification');
  });

  it.each([
    ['real numbers, however few', numeric(0.5, 1.5, 0.5)],
    ['real numbers that happen to be whole', numeric(0, 1, 0)],
    ['21 whole numbers', repeated(21, 1000)],
    ['whole numbers that are many for the rows', repeated(4, 9)],
    ['times', timestamp(0, 1)],
  ])('says regression for %s', (_what, column) => {
    expect(inferTask(column)).toBe('regression');
  });
});
