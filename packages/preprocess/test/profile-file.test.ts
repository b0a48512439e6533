import { createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { formatTableProfile, parseTableProfile, profileTable } from '../src/index.ts';
import { boolean, categorical, integer, numeric, timestamp } from './tiny-table.ts';

const profile = profileTable(
  createTable([
    ['a', numeric(1, 2.5, null, Infinity)],
    ['b', integer(3, 3, 4, 9)],
    ['c', categorical('x', '', null, 'x')],
    ['d', boolean(true, null, false, true)],
    ['e', timestamp(null, null, null, null)],
  ]),
);

describe('the file of a profile', () => {
  it('reads what it wrote', () => {
    expect(parseTableProfile(formatTableProfile(profile))).toEqual(profile);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, 60), ''],
    ['newer', (text: string) => text.replace('"version": 1', '"version": 2'), ''],
    ['without a field', (text: string) => text.replace('"missingCount"', '"x"'), 'columns[0]'],
    ['of an unknown kind', (text: string) => text.replace('"numeric"', '"n"'), 'columns[0].kind'],
    ['with a column twice', (text: string) => text.replace('"b"', '"a"'), 'columns'],
  ])('refuses one that is %s', (_what, damage, path) => {
    const read = () => parseTableProfile(damage(formatTableProfile(profile)));
    expect(read).toThrow(expect.objectContaining({ code: 'PREPROCESS_PROFILE_INVALID' }));
    try {
      read();
    } catch (error) {
      expect((error as { path: string }).path.startsWith(path)).toBe(true);
    }
  });
});

describe('the histogram of a column', () => {
  const histogramOf = (...cells: number[]) => {
    const [column] = profileTable(createTable([['x', numeric(...cells)]])).columns;
    if (!('histogram' in column!)) throw new Error('expected numbers');
    return column.histogram;
  };

  it('gives each of a few whole numbers a bin', () => {
    expect(histogramOf(1, 3, 3)).toEqual({ edges: [0.5, 1.5, 2.5, 3.5], counts: [1, 0, 2] });
  });

  it('counts every finite number once, whatever the range', () => {
    for (const cells of [
      [0.5],
      [0, Number.MIN_VALUE],
      [-Number.MAX_VALUE, 0, Number.MAX_VALUE],
      [1e16, 1e16 + 2, 1e16 + 4],
      Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 1e-300),
    ]) {
      const { edges, counts } = histogramOf(...cells, Infinity);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(cells.length);
      expect(edges).toHaveLength(counts.length + 1);
      expect(edges[0]).toBeLessThanOrEqual(Math.min(...cells));
      expect(edges.at(-1)).toBeGreaterThanOrEqual(Math.max(...cells));
    }
  });
});
