import { createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import {
  describeDataCheck,
  inferDataChecks,
  parseDataChecks,
  profileTable,
  runDataChecks,
} from '../../src/index.ts';
import { parseCheckExpressions } from '../../src/expressions/expressions.ts';
import { boolean, categorical, integer, numeric, text, timestamp } from '../tiny-table.ts';

const table = createTable([
  ['tenure', integer(1, 5, 72, 80, null)],
  ['charges', numeric(10, 20.5, -3, 40, 50)],
  ['contract', categorical('monthly', 'yearly', 'monthly', 'weekly', null)],
  ['id', text('a', 'b', 'c', 'b', 'e')],
  ['senior', boolean(true, false, true, null, false)],
  ['since', timestamp(Date.UTC(2024, 0, 1), Date.UTC(2025, 0, 1), null, null, null)],
]);

const verdicts = (checks: unknown) =>
  runDataChecks(table, parseDataChecks(checks)).results.map(
    ({ status, failingCount, firstRows }) => ({
      status,
      failingCount,
      firstRows,
    }),
  );

describe('runDataChecks', () => {
  it.each([
    ['row_count', { min: 5, max: 5 }, 'pass', 0, []],
    ['row_count', { min: 6 }, 'fail', 0, []],
    ['row_count', { max: 4 }, 'fail', 0, []],
    ['kind', { column: 'tenure', kind: 'numeric' }, 'pass', 0, []],
    ['kind', { column: 'charges', kind: 'integer' }, 'fail', 0, []],
    ['kind', { column: 'contract', kind: 'text' }, 'pass', 0, []],
    ['range', { column: 'tenure', min: 0, max: 72 }, 'fail', 1, [3]],
    ['range', { column: 'tenure', min: 0, max: 72, tolerance: 0.25 }, 'pass', 1, [3]],
    ['range', { column: 'tenure', min: 0, max: 72, tolerance: 0.24 }, 'fail', 1, [3]],
    ['range', { column: 'contract', min: 0 }, 'fail', 0, []],
    ['range', { column: 'since', min: '2024-06-01' }, 'fail', 1, [0]],
    ['allowed_values', { column: 'contract', values: ['monthly', 'yearly'] }, 'fail', 1, [3]],
    ['allowed_values', { column: 'senior', values: [true, false] }, 'pass', 0, []],
    ['allowed_values', { column: 'tenure', values: [1, 5, 72] }, 'fail', 1, [3]],
    ['null_share', { column: 'tenure', max: 0.2 }, 'pass', 0, []],
    ['null_share', { column: 'tenure', max: 0.19 }, 'fail', 1, []],
    ['unique', { column: 'id' }, 'fail', 1, [3]],
    ['unique', { column: 'charges' }, 'pass', 0, []],
    ['unique', { column: 'ids' }, 'fail', 0, []],
  ])('%s %j: %s', (check, rule, ...[status, failingCount, firstRows]) => {
    expect(verdicts([{ check, ...rule }])).toEqual([{ status, failingCount, firstRows }]);
  });

  it.each([0.07, 0.14, 0.28, 0.29, 0.55, 0.57, 0.58])(
    'lets exactly the share %s of a hundred rows break a check, and not one more',
    (tolerance) => {
      const allowed = Math.round(100 * tolerance);
      const rule: unknown = [{ check: 'range', column: 'x', min: 0, tolerance }];
      const statusWith = (broken: number) =>
        runDataChecks(
          createTable([['x', numeric(...Array.from({ length: 100 }, (_, i) => i - broken))]]),
          parseDataChecks(rule),
        ).status;
      expect([statusWith(allowed), statusWith(allowed + 1)]).toEqual(['pass', 'fail']);
    },
  );

  it('names the nearest column where one is not there, and counts rows from 1 in its words', () => {
    const { results } = runDataChecks(
      table,
      parseDataChecks([
        { check: 'unique', column: 'Contract' },
        { check: 'range', column: 'tenure', max: 72 },
      ]),
    );
    expect(results[0]!.message).toBe('The table has no column "Contract". Is it "contract" now?');
    expect(results[1]!.message).toBe(
      '1 of 4 values are above 72; they go from 1 to 80. First in row 4.',
    );
  });

  it('is as bad as its worst result', () => {
    const warn = { check: 'row_count', min: 9, severity: 'warn' };
    expect(runDataChecks(table, parseDataChecks([])).status).toBe('pass');
    expect(runDataChecks(table, parseDataChecks([warn])).status).toBe('warn');
    expect(
      runDataChecks(table, parseDataChecks([{ check: 'unique', column: 'id' }, warn])).status,
    ).toBe('fail');
  });

  it('computes formulas; rows in which they are missing do not count', async () => {
    const checks = await parseCheckExpressions(
      parseDataChecks([
        { check: 'expression', expression: 'charges >= 0' },
        { check: 'expression', expression: 'tenure <= 80', name: 'not too long' },
        { check: 'expression', expression: 'nothing > 0' },
        { check: 'expression', expression: 'contract > 0' },
      ]),
    );
    const { results } = runDataChecks(table, checks);
    expect(results.map(({ status, firstRows }) => [status, ...firstRows])).toEqual([
      ['fail', 2],
      ['pass'],
      ['fail'],
      ['fail'],
    ]);
    expect(results[0]!.check).toMatchObject({ name: 'charges >= 0' });
  });

  it.each(['log(charges, 10) > 1', 'max() > 1', '3 > 2'])('refuses %j', async (expression) => {
    const checks = parseDataChecks([{ check: 'expression', expression }]);
    await expect(parseCheckExpressions(checks)).rejects.toMatchObject({
      code: 'PREPROCESS_CHECKS_INVALID',
    });
  });

  it('finds no kind wrong where no cell has a value', () => {
    const empty = createTable([['plan', numeric(null, null)]]);
    const checks = parseDataChecks([{ check: 'kind', column: 'plan', kind: 'categorical' }]);
    expect(runDataChecks(empty, checks).status).toBe('pass');
    expect(inferDataChecks(profileTable(empty)).map(({ check }) => check)).toEqual([
      'row_count',
      'null_share',
    ]);
  });

  it('reads a bound without an offset as UTC, as cells are', () => {
    const [check] = parseDataChecks([
      { check: 'range', column: 'since', min: '2024-06-01T12:30+02:00', max: '2024-06-01 12:30' },
    ]);
    expect(check).toMatchObject({
      min: '2024-06-01T10:30:00.000Z',
      max: '2024-06-01T12:30:00.000Z',
    });
  });

  it.each([
    ['a date', '2024-06-01'],
    ['milliseconds', Date.UTC(2024, 5, 1)],
  ])('says the bounds of times in ISO 8601 where they are given as %s', (_, min) => {
    const checks = [{ check: 'range', column: 'since', min }] as const;
    for (const given of [parseDataChecks(checks), [{ ...checks[0], severity: 'fail' } as const]]) {
      const [result] = runDataChecks(table, given).results;
      expect(result!.check).toMatchObject({ min: '2024-06-01T00:00:00.000Z' });
      expect(describeDataCheck(result!.check)).toBe(
        'since: range at least 2024-06-01T00:00:00.000Z',
      );
      expect(result!.message).toBe(
        '1 of 2 values are below 2024-06-01T00:00:00.000Z; they go from 2024-01-01T00:00:00.000Z ' +
          'to 2025-01-01T00:00:00.000Z. First in row 1.',
      );
    }
  });

  it('knows allowed times by when they are', () => {
    const values = ['2024-01-01', '2025-01-01T01:00+01:00', String(Date.UTC(2023, 0, 1))];
    const checks = parseDataChecks([{ check: 'allowed_values', column: 'since', values }]);
    expect(runDataChecks(table, checks).status).toBe('pass');
    const one = parseDataChecks([{ check: 'allowed_values', column: 'since', values: ['2024'] }]);
    expect(runDataChecks(table, one).results[0]!.message).toBe(
      '2 of 2 values are not allowed, such as "2024-01-01T00:00:00.000Z", ' +
        '"2025-01-01T00:00:00.000Z". First in rows 1, 2.',
    );
  });

  it('throws PREPROCESS_CHECKS_INVALID for a bound that is neither a number nor a time', () => {
    const check = { check: 'range', column: 'since', min: 'low', severity: 'fail' } as const;
    expect(() => runDataChecks(table, [check])).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_CHECKS_INVALID', path: 'low' }) as Error,
    );
  });

  it('refuses a formula that is still a text', () => {
    const checks = parseDataChecks([{ check: 'expression', expression: 'charges >= 0' }]);
    expect(() => runDataChecks(table, checks)).toThrow(/parseCheckExpressions/);
  });
});

describe('inferDataChecks', () => {
  it('proposes checks that the table itself passes', () => {
    const checks = inferDataChecks(profileTable(table));
    expect(runDataChecks(table, checks).status).toBe('pass');
    expect(parseDataChecks(JSON.parse(JSON.stringify(checks)))).toEqual(checks);
    expect(checks).toContainEqual({
      check: 'allowed_values',
      column: 'contract',
      values: ['monthly', 'weekly', 'yearly'],
      severity: 'warn',
    });
  });

  it.each([
    [0.5, '1970-01-01T00:00:00.000500000Z'],
    [1e-9, 1e-9],
    [-1, '1969-12-31T23:59:59.999Z'],
    [Date.UTC(9999, 11, 31), '9999-12-31T00:00:00.000Z'],
    [Date.UTC(10_000, 0, 1), '+010000-01-01T00:00:00.000Z'],
  ])('proposes the time %f ms as %s, which reads back as the same', (ms, bound) => {
    const times = createTable([['at', timestamp(ms, ms)]]);
    const checks = inferDataChecks(profileTable(times));
    expect(checks.find(({ check }) => check === 'range')).toMatchObject({ min: bound, max: bound });
    expect(runDataChecks(times, parseDataChecks(checks)).status).toBe('pass');
  });

  it.each([1, 10, 11, 30, 31, 60])('holds %i different names to all or none', (count) => {
    const names = Array.from({ length: count }, (_, i) => `name ${i}`);
    const named = createTable([['name', categorical(...names)]]);
    expect(runDataChecks(named, inferDataChecks(profileTable(named))).status).toBe('pass');
  });

  it('proposes checks that another table breaks', () => {
    const checks = inferDataChecks(profileTable(table));
    const other = createTable([
      ['tenure', integer(1, 5, 99)],
      ['charges', text('x', 'y', 'z')],
      ['contract', categorical('never', 'yearly', 'monthly')],
      ['id', text('a', 'b', 'c')],
      ['since', timestamp(0, 0, 0)],
    ]);
    const broken = runDataChecks(other, checks).results.filter(({ status }) => status !== 'pass');
    expect(
      broken.map(
        ({ check, status }) => `${'column' in check ? check.column : ''} ${check.check} ${status}`,
      ),
    ).toEqual([
      'tenure range warn',
      'charges kind fail',
      'charges range warn',
      'contract allowed_values warn',
      'senior kind fail',
      'senior null_share warn',
      'senior allowed_values warn',
      'since range warn',
    ]);
  });
});

describe('parseDataChecks', () => {
  it.each([
    ['no list', {}, '', /array/],
    ['an unknown check', [{ check: 'ranges', column: 'x' }], '[0].check', /Did you mean "range"/],
    ['an unknown field', [{ check: 'range', column: 'x', minimum: 1 }], '[0]', /"minimum"/],
    ['no bounds', [{ check: 'range', column: 'x' }], '[0]', /neither min nor max/],
    ['bounds the wrong way round', [{ check: 'row_count', min: 2, max: 1 }], '[0]', /larger/],
    ['a bound that is a text', [{ check: 'range', column: 'x', min: 'low' }], '[0].min', /date/],
    ['a share over 1', [{ check: 'null_share', column: 'x', max: 1.5 }], '[0].max', /0 to 1/],
    [
      'no values',
      [{ check: 'allowed_values', column: 'x', values: [] }],
      '[0].values',
      /at least one/,
    ],
    [
      'a value that is a list',
      [{ check: 'allowed_values', column: 'x', values: [[]] }],
      '[0].values[0]',
      /text/,
    ],
    [
      'an unknown severity',
      [{ check: 'unique', column: 'x', severity: 'error' }],
      '[0].severity',
      /fail, warn/,
    ],
  ])('refuses %s', (_what, value, path, message) => {
    const error = (() => {
      try {
        return parseDataChecks(value);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ code: 'PREPROCESS_CHECKS_INVALID', path });
    expect((error as Error).message).toMatch(message);
  });
});
