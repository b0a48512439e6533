import { describe, expect, it } from 'vitest';
import { ColumnNotFoundError, GnuMlopsError } from '@gnu-mlops/core';
import { parseConfig } from '@gnu-mlops/core/config';
import { createRedactor, describeError } from '../src/index.ts';

class ExampleError extends GnuMlopsError {
  static readonly code = 'EXAMPLE';

  constructor(message: string, cause?: unknown) {
    super(ExampleError.code, message, { cause });
  }
}

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('describeError', () => {
  it('is one line with the code', () => {
    expect(describeError(new ColumnNotFoundError('age', 'Age'))).toBe(
      'The table has no column "age". Did you mean "Age"? [TABLE_COLUMN_NOT_FOUND]',
    );
    expect(describeError(new ExampleError('two\n  lines\r\n'))).toBe('two lines [EXAMPLE]');
  });

  it('says that an error of nobody is unexpected, and has no stack', () => {
    expect(describeError(new TypeError('x is not a function'))).toBe(
      'Unexpected failure: x is not a function',
    );
    expect(describeError(new RangeError())).toBe('Unexpected failure: RangeError');
    expect(describeError('just text')).toBe('Unexpected failure: just text');
    expect(describeError(undefined)).toBe('Unexpected failure: undefined');
    expect(describeError(AbortSignal.abort().reason)).toBe('Interrupted.');
  });

  it('adds causes and the stack only when verbose', () => {
    const cause = new ExampleError('disk full', new Error('ENOSPC'));
    const error = new ExampleError('cannot write', cause);
    expect(describeError(error)).toBe('cannot write [EXAMPLE]');
    const lines = describeError(error, { verbose: true }).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'cannot write [EXAMPLE]',
      'because: disk full [EXAMPLE]',
      'because: Unexpected failure: ENOSPC',
    ]);
    expect(lines[3]).toMatch(/^\s+at .*describe-error\.test\.ts/);
  });

  it('ends where causes go in a circle', () => {
    const first = new ExampleError('first');
    const second = new ExampleError('second', first);
    first.cause = second;
    const lines = describeError(first, { verbose: true }).split('\n');
    expect(lines.filter((line) => line.startsWith('because: '))).toEqual([
      'because: second [EXAMPLE]',
    ]);
  });

  it('lets no name of somebody else move the cursor or ring the bell', () => {
    const error = new Error('no column "\u001b[2J\u0007x\u009b1A"\r\n  in the file');
    expect(describeError(error)).toBe('Unexpected failure: no column " [2J x 1A" in the file');
  });

  it('counts what else is wrong with a configuration, and tells it when verbose', () => {
    const error = thrownBy(() => parseConfig('training: {cv_folds: 0, test_size: 5}\nfoo: 1'));
    expect(describeError(error)).toMatch(/\[CONFIG_INVALID_VALUE\] \(2 more to mend\)$/);
    const lines = describeError(error, { verbose: true }).split('\n');
    expect(lines.filter((line) => line.startsWith('also: '))).toHaveLength(2);
  });

  it('hides what looks like a secret, in causes and stacks too', () => {
    const error = new ExampleError(
      'cannot reach https://me:hunter2@host',
      new Error('GET /?token=hunter2'),
    );
    expect(describeError(error)).toBe('cannot reach https://[redacted]@host [EXAMPLE]');
    expect(describeError(error, { verbose: true })).not.toContain('hunter2');
  });

  it('hides the very secrets of the configuration', () => {
    const redact = createRedactor(parseConfig('', { env: { DATABRICKS_TOKEN: 'swordfish' } }));
    expect(describeError(new Error('the swordfish was refused'), { redact })).toBe(
      'Unexpected failure: the [redacted] was refused',
    );
  });
});

describe('createRedactor', () => {
  it('hides the longer of two secrets first, and one that JSON escapes', () => {
    const config = parseConfig('', {
      env: { DATABRICKS_TOKEN: 'open', DATABRICKS_CLIENT_SECRET: 'open "sesame"' },
    });
    const redact = createRedactor(config);
    expect(redact('say open "sesame" or open')).toBe('say [redacted] or [redacted]');
    expect(redact(JSON.stringify({ said: 'open "sesame"' }))).toBe('{"said":"[redacted]"}');
  });

  it('leaves texts alone when the secret is a letter or two', () => {
    const redact = createRedactor(parseConfig('', { env: { DATABRICKS_TOKEN: 'a' } }));
    expect(redact('banana')).toBe('banana');
  });
});
