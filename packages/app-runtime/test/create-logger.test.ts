import { describe, expect, it } from 'vitest';
import { ColumnNotFoundError } from '@gnu-mlops/core';
import { createSecret, parseConfig } from '@gnu-mlops/core/config';
import { createFakeClock } from '@gnu-mlops/test-kit';
import { type LoggerOptions, createLogger, createRedactor } from '../src/index.ts';

function captured(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const logger = createLogger({
    level: 'info',
    destination: { write: (line: string) => void lines.push(line) },
    now: createFakeClock().now,
    ...options,
  });
  return { logger, lines, entries: () => lines.map((line) => JSON.parse(line) as object) };
}

describe('createLogger', () => {
  it('writes one JSON object a line, without the machine', () => {
    const { logger, entries } = captured();
    logger.info({ rows: 5 }, 'scored');
    expect(entries()).toEqual([
      { level: 'info', time: '2026-01-01T00:00:00.000Z', rows: 5, msg: 'scored' },
    ]);
  });

  it('writes nothing below its level, and nothing at all when silent', () => {
    const info = captured();
    info.logger.debug('quiet');
    expect(info.lines).toEqual([]);
    const silent = captured({ level: 'silent' });
    silent.logger.fatal('quiet');
    expect(silent.lines).toEqual([]);
  });

  it('hides secrets at every depth, in child loggers and in messages', () => {
    const { logger, lines } = captured();
    logger.info({ config: { databricks: { token: createSecret('hunter2') } } });
    logger.info({ list: [{ client_secret: 'hunter2' }], headers: { 'x-api-key': 'hunter2' } });
    const child = logger.child({ password: 'hunter2 hunter2' }).child({ job: 'batch' });
    child.info('from https://me:hunter2@host');
    const other = logger.child({});
    other.setBindings({ token: 'hunter2 hunter2' });
    other.info('hello');
    logger.info('Bearer hunter2hunter2');
    expect(lines).toHaveLength(5);
    for (const line of lines) {
      expect(line).not.toContain('hunter2');
      expect(line).toContain('[redacted]');
      expect(() => JSON.parse(line) as unknown).not.toThrow();
    }
    expect(JSON.parse(lines[2]!)).toMatchObject({ password: '[redacted]', job: 'batch' });
  });

  it('hides the very secrets of the configuration', () => {
    const config = parseConfig('', { env: { DATABRICKS_TOKEN: 'sword "fish"' } });
    const { logger, lines, entries } = captured({ redact: createRedactor(config) });
    logger.info({ said: 'sword "fish"' }, 'sword "fish"');
    expect(lines[0]).not.toContain('fish');
    expect(entries()[0]).toMatchObject({ said: '[redacted]', msg: '[redacted]' });
  });

  it('writes an error with its code and causes; its stack at debug only', () => {
    const error = new ColumnNotFoundError('age');
    error.cause = new Error('inner');
    const info = captured();
    info.logger.error({ err: error }, 'failed');
    expect(info.entries()[0]).toMatchObject({
      err: {
        type: 'ColumnNotFoundError',
        code: 'TABLE_COLUMN_NOT_FOUND',
        message: 'The table has no column "age".',
        cause: { type: 'Error', message: 'inner' },
      },
    });
    expect(info.lines[0]).not.toContain('stack');
    const debug = captured({ level: 'debug' });
    debug.logger.error({ err: error });
    expect(debug.entries()[0]).toMatchObject({
      err: { stack: expect.stringContaining('create-logger.test.ts') as string },
    });
  });

  it('logs a bare error, a circle and big things without failing', () => {
    const { logger, entries } = captured();
    logger.error(new Error('bare'));
    const circle: Record<string, unknown> = { name: 'circle' };
    circle.self = circle;
    logger.info({ circle, count: 10n, bytes: new Uint8Array(1000), at: new Date(0) });
    expect(entries()[0]).toMatchObject({ msg: 'bare', err: { message: 'bare' } });
    expect(entries()[1]).toMatchObject({
      count: '10',
      bytes: '[1000 bytes]',
      at: '1970-01-01T00:00:00.000Z',
    });
  });
});
