import { describe, expect, it } from 'vitest';
import { encodeTarget } from '../src/index.ts';
import { boolean, categorical, integer, numeric, text } from './tiny-table.ts';

const name = 'y';

describe('encodeTarget', () => {
  it('sorts texts by code point and leaves out categories that no row has', () => {
    const column = {
      kind: 'categorical',
      codes: Int32Array.of(2, 0, 2, 3),
      dictionary: ['b', 'unused', 'B', '10'],
    } as const;
    expect(encodeTarget(column, { name })).toEqual({
      task: 'classification',
      labels: Int32Array.of(1, 2, 1, 0),
      classes: ['10', 'B', 'b'],
    });
    expect(encodeTarget(text('no', 'yes', 'no'), { name })).toMatchObject({
      labels: Int32Array.of(0, 1, 0),
    });
  });

  it('sorts numbers as numbers and booleans false first', () => {
    const numbers = encodeTarget(integer(10, 9, -1, 9), { name, task: 'classification' });
    expect(numbers).toMatchObject({
      classes: ['-1', '9', '10'],
      labels: Int32Array.of(2, 1, 0, 1),
    });
    const booleans = encodeTarget(boolean(true, false), { name });
    expect(booleans).toMatchObject({ classes: ['false', 'true'], labels: Int32Array.of(1, 0) });
  });

  it('takes real numbers as classes where asked for', () => {
    const target = encodeTarget(numeric(2.5, 1, 2.5), { name, task: 'classification' });
    expect(target).toMatchObject({ classes: ['1', '2.5'], labels: Int32Array.of(1, 0, 1) });
  });

  it('gives the numbers of an amount', () => {
    expect(encodeTarget(numeric(2.5, -1), { name })).toEqual({
      task: 'regression',
      values: Float64Array.of(2.5, -1),
    });
    const counts = encodeTarget(integer(0, 1), { name, task: 'regression' });
    expect(counts).toMatchObject({ task: 'regression' });
  });

  it('throws PREPROCESS_TARGET_MISSING naming how many and the first rows', () => {
    const cells = [1, null, 2, null, null, null, null, null];
    expect(() => encodeTarget(numeric(...cells), { name })).toThrow(
      expect.objectContaining({
        code: 'PREPROCESS_TARGET_MISSING',
        missingCount: 6,
        rows: [1, 3, 4, 5, 6],
        message: expect.stringContaining('rows 2, 4, 5, 6, 7, ...') as string,
      }),
    );
  });

  it.each([
    ['a text for regression', categorical('a'), 'regression'],
    ['an infinite amount', numeric(1, Infinity), 'regression'],
    ['no rows to tell classes by', categorical(), 'classification'],
    ['no rows to tell amounts by', numeric(), 'regression'],
  ] as const)('throws PREPROCESS_TARGET_INVALID on %s', (_what, column, task) => {
    expect(() => encodeTarget(column, { name, task })).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_TARGET_INVALID', column: 'y' }),
    );
  });
});
