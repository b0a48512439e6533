import { describe, expect, it } from 'vitest';
import { ColumnNotFoundError, GnuMlopsError, isGnuMlopsError } from '../src/index.ts';

class ExampleError extends GnuMlopsError {
  static readonly code = 'EXAMPLE_FAILED';

  constructor(options?: ErrorOptions) {
    super(ExampleError.code, 'It failed.', options);
  }
}

describe('GnuMlopsError', () => {
  it('carries its code, its name and its cause', () => {
    const cause = new Error('disk full');
    const error = new ExampleError({ cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: 'EXAMPLE_FAILED', name: 'ExampleError', cause });
    expect(new ColumnNotFoundError('age')).toMatchObject({
      code: 'TABLE_COLUMN_NOT_FOUND',
      column: 'age',
    });
  });
});

describe('isGnuMlopsError', () => {
  it('knows an error of another copy of this package by its mark', () => {
    const foreign = Object.assign(new Error('other copy'), {
      [Symbol.for('gnu-mlops.error')]: true,
    });
    expect(isGnuMlopsError(new ExampleError())).toBe(true);
    expect(isGnuMlopsError(foreign)).toBe(true);
  });

  it.each([
    new Error('plain'),
    Object.assign(new Error('E'), { code: 'ENOENT' }),
    null,
    'text',
    {},
  ])('is false for %s', (thrown) => {
    expect(isGnuMlopsError(thrown)).toBe(false);
  });
});
