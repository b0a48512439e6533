import { type ColumnSpec, createTable, rowAt } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { alignTable } from '../src/align-table.ts';
import { buildTable } from '../src/build-table.ts';
import { checkFields } from '../src/check-fields.ts';
import { parsePredictInput } from '../src/parse-predict-input.ts';

const inputs: readonly ColumnSpec[] = [
  { name: 'age', type: 'double', required: true },
  { name: 'visits', type: 'long', required: true },
  { name: 'plan', type: 'string', required: true },
  { name: 'isMember', type: 'boolean', required: true },
  { name: 'joined', type: 'datetime', required: false },
];
const row = { age: 31.5, visits: 3, plan: 'gold', isMember: true, joined: '2026-01-02' };

const build = (input: unknown) => buildTable(parsePredictInput(input), inputs);

describe('buildTable', () => {
  it('makes one typed column a feature, in the order of the signature', () => {
    const table = build([row]);
    expect([...table.columns].map(([name, { kind }]) => [name, kind])).toEqual([
      ['age', 'numeric'],
      ['visits', 'integer'],
      ['plan', 'categorical'],
      ['isMember', 'boolean'],
      ['joined', 'timestamp'],
    ]);
    expect(rowAt(table, 0)).toEqual({ ...row, joined: Date.UTC(2026, 0, 2) });
  });

  it('reads text as it would in a file', () => {
    const text = { age: ' 31.5 ', visits: '3', plan: 'gold', isMember: 'TRUE', joined: 'NA' };
    expect(rowAt(build(text), 0)).toEqual({ ...row, joined: null });
  });

  it('takes null for a missing cell', () => {
    const empty = { age: null, visits: null, plan: null, isMember: null, joined: null };
    expect(rowAt(build(empty), 0)).toEqual(empty);
  });

  it('ignores fields that are no features', () => {
    const table = build({ ...row, customerId: 'A-7' });
    expect([...table.columns.keys()]).toEqual(inputs.map(({ name }) => name));
  });

  it('takes an absent feature for missing where the signature does not require it', () => {
    const { joined: _joined, ...rest } = row;
    expect(rowAt(build(rest), 0)).toEqual({ ...rest, joined: null });
  });

  it('throws PREDICTOR_FEATURE_MISSING naming row, column and the nearest given name', () => {
    const { age, ...rest } = row;
    expect(() => build([row, { ...rest, Age: age }])).toThrow(
      expect.objectContaining({
        code: 'PREDICTOR_FEATURE_MISSING',
        row: 1,
        column: 'age',
        message: 'Row 2 has no "age", which the model needs. It has "Age": was that meant?',
      }),
    );
  });

  it('throws PREDICTOR_FEATURE_MISSING without a guess when no name is near', () => {
    expect(() => build({})).toThrow(
      'Row 1 has no "age", which the model needs. Give it, as null where the value is not known.',
    );
  });

  it('takes undefined for a forgotten field, not for a missing value', () => {
    expect(() => build({ ...row, plan: undefined })).toThrow(
      expect.objectContaining({ code: 'PREDICTOR_FEATURE_MISSING', column: 'plan' }),
    );
  });

  it('names the first row that lacks a column of the split form', () => {
    expect(() => build({ columns: ['age'], data: [[1], [2]] })).toThrow(
      expect.objectContaining({ row: 0, column: 'visits' }),
    );
  });

  it.each([
    ['age', 'old', '"old" is not a number'],
    ['age', {}, 'is not a number'],
    ['age', [1], 'is not a number'],
    ['age', true, 'true is not a number'],
    ['visits', 2.5, '2.5 is not a whole number'],
    ['visits', 2 ** 60, 'is not a whole number'],
    ['plan', { name: 'gold' }, 'is not a text'],
    ['isMember', 'maybe', '"maybe" is not a boolean (true or false)'],
    ['isMember', 2, '2 is not a boolean (true or false)'],
    ['joined', 'soon', '"soon" is not an ISO 8601 date or time'],
  ])(
    'throws PREDICTOR_VALUE_INVALID naming row and column for %s = %j',
    (column, value, problem) => {
      expect(() => build([row, { ...row, [column]: value }])).toThrow(
        expect.objectContaining({
          code: 'PREDICTOR_VALUE_INVALID',
          row: 1,
          column,
          message: expect.stringContaining(problem),
          cause: expect.objectContaining({ code: 'TABLE_CELL_TYPE' }),
        }),
      );
    },
  );

  it('keeps a long wrong value out of the message', () => {
    const thrown = () => build({ ...row, age: 'x'.repeat(100_000) });
    expect(thrown).toThrow(expect.objectContaining({ code: 'PREDICTOR_VALUE_INVALID' }));
    expect(thrown).toThrow(/^.{0,250}$/);
  });

  it('reads features with names that objects inherit', () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const specs = names.map((name) => ({ name, type: 'double', required: true }) as const);
    const record = JSON.parse('{"__proto__": 1, "constructor": 2, "toString": 3}') as object;
    const table = buildTable(parsePredictInput(record), specs);
    expect(names.map((name) => table.columns.get(name))).toMatchObject(
      [1, 2, 3].map((value) => ({ values: Float64Array.of(value) })),
    );
    expect(() => buildTable(parsePredictInput({}), specs)).toThrow(
      expect.objectContaining({ code: 'PREDICTOR_FEATURE_MISSING', column: '__proto__' }),
    );
  });

  it('builds a table of 200,000 rows', () => {
    const data = Array.from({ length: 200_000 }, (_, i) => [i, i, `p${i % 7}`, true, null]);
    const table = build({ columns: inputs.map(({ name }) => name), data });
    expect(table.rowCount).toBe(200_000);
    expect(rowAt(table, 199_999)).toMatchObject({ age: 199_999, plan: 'p2' });
  });
});

describe('checkFields', () => {
  const features = new Set(inputs.map(({ name }) => name));

  it('accepts rows that have features only', () => {
    expect(() => checkFields(parsePredictInput([row, {}]), features)).not.toThrow();
  });

  it('throws PREDICTOR_FIELD_UNKNOWN naming row, field and the nearest feature', () => {
    expect(() => checkFields(parsePredictInput([row, { ...row, visit: 3 }]), features)).toThrow(
      expect.objectContaining({
        code: 'PREDICTOR_FIELD_UNKNOWN',
        row: 1,
        column: 'visit',
        message: 'Row 2 has "visit", which the model does not know. Did you mean "visits"?',
      }),
    );
    expect(() => checkFields(parsePredictInput({ zzzzzzzz: 1 }), features)).toThrow(
      'Row 1 has "zzzzzzzz", which the model does not know. Leave it out.',
    );
  });
});

describe('alignTable', () => {
  it('passes columns of the promised kind on as they are, in the order of the signature', () => {
    const table = build([row]);
    const shuffled = createTable([...table.columns].reverse());
    const aligned = alignTable(shuffled, inputs);
    expect([...aligned.columns.keys()]).toEqual(inputs.map(({ name }) => name));
    expect(aligned.columns.get('age')).toBe(table.columns.get('age'));
  });

  it('reads columns of another kind by the coercion of training', () => {
    const table = createTable([
      ['age', { kind: 'integer', values: Float64Array.of(3, NaN) }],
      ['visits', { kind: 'numeric', values: Float64Array.of(4, NaN) }],
      ['plan', { kind: 'text', values: ['gold', null] }],
      ['isMember', { kind: 'categorical', codes: Int32Array.of(0, -1), dictionary: ['true'] }],
      ['joined', { kind: 'text', values: ['2026-01-02', null] }],
      ['extra', { kind: 'text', values: ['x', 'y'] }],
    ]);
    const aligned = alignTable(table, inputs);
    expect(rowAt(aligned, 0)).toEqual({
      age: 3,
      visits: 4,
      plan: 'gold',
      isMember: true,
      joined: Date.UTC(2026, 0, 2),
    });
    expect(Object.values(rowAt(aligned, 1))).toEqual([null, null, null, null, null]);
  });

  it('does not take a time for a number', () => {
    const table = createTable([
      ['age', { kind: 'timestamp', values: Float64Array.of(Date.UTC(2026, 0, 1)) }],
    ]);
    expect(() => alignTable(table, [inputs[0]!])).toThrow(
      expect.objectContaining({ code: 'PREDICTOR_VALUE_INVALID', column: 'age', row: 0 }),
    );
  });

  it('throws PREDICTOR_VALUE_INVALID naming the first bad cell', () => {
    const table = createTable([['visits', { kind: 'numeric', values: Float64Array.of(1, 2.5) }]]);
    expect(() => alignTable(table, [inputs[1]!])).toThrow(
      expect.objectContaining({ code: 'PREDICTOR_VALUE_INVALID', column: 'visits', row: 1 }),
    );
  });

  it('throws PREDICTOR_FEATURE_MISSING naming the nearest column', () => {
    const table = createTable([['AGE', { kind: 'numeric', values: Float64Array.of(1) }]]);
    expect(() => alignTable(table, inputs)).toThrow(
      'The table has no "age", which the model needs. It has "AGE": was that meant?',
    );
  });

  it('fills an absent column that is not required with missing cells', () => {
    const table = createTable([], 2);
    expect(rowAt(alignTable(table, [inputs[4]!]), 1)).toEqual({ joined: null });
  });
});
