import { describe, expect, it } from 'vitest';
import { encodeGroups, readTimes } from '../src/index.ts';

describe('encodeGroups', () => {
  it('numbers the values of any kind of column by their first rows', () => {
    const columns = [
      { kind: 'text', values: ['b', 'a', 'b', 'c'] },
      { kind: 'categorical', codes: Int32Array.of(1, 0, 1, 2), dictionary: ['a', 'b', 'c'] },
      { kind: 'integer', values: Float64Array.of(20, 10, 20, 30) },
    ] as const;
    for (const column of columns) {
      expect([...encodeGroups(column, 'customer')]).toEqual([0, 1, 0, 2]);
    }
  });

  it('throws PREPROCESS_SPLIT_INVALID naming the column and the row without a group', () => {
    expect(() => encodeGroups({ kind: 'text', values: ['a', null] }, 'customer')).toThrow(
      expect.objectContaining({
        code: 'PREPROCESS_SPLIT_INVALID',
        message: expect.stringMatching(/Row 2 .*"customer"/),
      }),
    );
  });
});

describe('readTimes', () => {
  it('takes timestamps and numbers', () => {
    const values = Float64Array.of(3, 1);
    for (const kind of ['timestamp', 'integer', 'numeric'] as const) {
      expect(readTimes({ kind, values }, 'day')).toEqual(values);
    }
  });

  it.each([
    ['text', { kind: 'text', values: ['2026-01-01'] }, /"day" is text/],
    ['a missing time', { kind: 'timestamp', values: Float64Array.of(1, NaN) }, /Row 2 has no time/],
  ] as const)('throws PREPROCESS_SPLIT_INVALID on %s', (_what, column, message) => {
    expect(() => readTimes(column, 'day')).toThrow(
      expect.objectContaining({
        code: 'PREPROCESS_SPLIT_INVALID',
        message: expect.stringMatching(message),
      }),
    );
  });
});
