import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePredictInput } from '../src/parse-predict-input.ts';

/** The rows as plain objects of the fields that they have. */
function rowsOf(input: unknown): Record<string, unknown>[] {
  const rows = parsePredictInput(input);
  return Array.from({ length: rows.rowCount }, (_, row) =>
    Object.fromEntries(rows.fieldsOf(row).map((field) => [field, rows.read(row, field)])),
  );
}

const rows = [
  { age: 31, plan: 'basic' },
  { age: null, plan: 'gold' },
];
const split = {
  columns: ['age', 'plan'],
  data: [
    [31, 'basic'],
    [null, 'gold'],
  ],
};

describe('parsePredictInput', () => {
  it.each([
    ['an array of objects', rows],
    ['arrays with column names', split],
    ['dataframe_split', { dataframe_split: split }],
    ['dataframe_split with an index', { dataframe_split: { index: [7, 8], ...split } }],
    ['dataframe_records', { dataframe_records: rows }],
  ])('reads %s', (_form, input) => {
    expect(rowsOf(input)).toEqual(rows);
  });

  it('reads an object as one row', () => {
    expect(rowsOf(rows[0])).toEqual([rows[0]]);
  });

  it.each([[[]], [{ columns: [], data: [] }], [{ columns: ['age'], data: [] }]])(
    'finds no rows in %j',
    (input) => {
      expect(parsePredictInput(input).rowCount).toBe(0);
    },
  );

  it('takes a feature that is named like an envelope for a feature', () => {
    const row = { columns: 3, data: 'x', dataframe_split: 1, dataframe_records: 2 };
    expect(rowsOf(row)).toEqual([row]);
  });

  it('reads objects without a prototype, and objects of different shapes', () => {
    const bare: Record<string, unknown> = Object.create(null);
    bare.age = 5;
    expect(rowsOf([bare, { plan: 'gold', age: 1 }])).toEqual([
      { age: 5 },
      { plan: 'gold', age: 1 },
    ]);
  });

  it('finds no field in what objects inherit', () => {
    const input = parsePredictInput([{}]);
    for (const field of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(input.read(0, field)).toBeUndefined();
    }
  });

  it('reads an own field named __proto__ and lets it change nothing', () => {
    const input = parsePredictInput(JSON.parse('{"__proto__": {"age": 9}, "plan": "gold"}'));
    expect(input.read(0, '__proto__')).toEqual({ age: 9 });
    expect(input.read(0, 'age')).toBeUndefined();
    expect(input.fieldsOf(0)).toEqual(['__proto__', 'plan']);
  });

  it('is not led astray by an envelope that is inherited', () => {
    const input: object = Object.create({ dataframe_records: [{ age: 1 }] });
    expect(rowsOf(input)).toEqual([{}]);
  });

  it.each([
    [null, 'null is given'],
    [undefined, 'undefined is given'],
    [7, 'a number is given'],
    ['age=1', 'a string is given'],
    [() => 1, 'a function is given'],
  ])('throws PREDICTOR_INPUT_INVALID for %s', (input, problem) => {
    expect(() => parsePredictInput(input)).toThrow(
      expect.objectContaining({
        code: 'PREDICTOR_INPUT_INVALID',
        row: undefined,
        message: expect.stringContaining(problem),
      }),
    );
  });

  it.each([
    [[rows[0], null], 'Row 2 is null, not an object'],
    [[rows[0], 5], 'Row 2 is a number, not an object'],
    [[rows[0], [1, 2]], 'Row 2 is an array and its column names are not given'],
    [[rows[0], undefined], 'Row 2 is undefined, not an object'],
    [[rows[0], , rows[1]], 'Row 2 is undefined, not an object'],
    [{ columns: ['a', 'b'], data: [[1, 2], [1]] }, 'Row 2 has 1 cells where 2 columns are named'],
    [{ columns: ['a'], data: [[1], [1, 2]] }, 'Row 2 has 2 cells where 1 columns are named'],
    [{ columns: ['a'], data: [[1], { a: 1 }] }, 'Row 2 is an object, not an array of cells'],
    [{ columns: ['a'], data: [[1], null] }, 'Row 2 is null, not an array of cells'],
  ])('throws PREDICTOR_INPUT_INVALID naming the row (%#)', (input, problem) => {
    expect(() => parsePredictInput(input)).toThrow(
      expect.objectContaining({
        code: 'PREDICTOR_INPUT_INVALID',
        row: 1,
        message: expect.stringContaining(problem),
      }),
    );
  });

  it.each([
    [{ columns: ['a', 'a'], data: [[1, 2]] }, 'two columns are named "a"'],
    [{ columns: ['a', 7], data: [[1, 2]] }, 'column name 2 is a number'],
    [{ dataframe_split: { columns: ['a'] } }, 'needs two arrays, "columns" and "data"'],
    [{ dataframe_split: {} }, 'needs two arrays, "columns" and "data"'],
  ])('throws PREDICTOR_INPUT_INVALID for a wrong split form (%#)', (input, problem) => {
    expect(() => parsePredictInput(input)).toThrow(problem);
  });

  it('gives back the rows of every form alike, whatever their names and values', () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'columns'));
    const table = fc.uniqueArray(name, { minLength: 1, maxLength: 5 }).chain((columns) =>
      fc.record({
        columns: fc.constant(columns),
        data: fc.array(
          fc.array(fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.constant(null)), {
            minLength: columns.length,
            maxLength: columns.length,
          }),
        ),
      }),
    );
    fc.assert(
      fc.property(table, ({ columns, data }) => {
        const records = data.map((cells) =>
          Object.fromEntries(columns.map((column, index) => [column, cells[index]])),
        );
        const expected = rowsOf(records);
        expect(rowsOf({ columns, data })).toEqual(expected);
        expect(rowsOf({ dataframe_split: { columns, data } })).toEqual(expected);
        expect(rowsOf({ dataframe_records: records })).toEqual(expected);
      }),
    );
  });
});
