import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CellTypeError,
  type SignatureType,
  cellValue,
  columnKindOf,
  columnLength,
  createColumnBuilder,
} from '../src/index.ts';

function fromTexts(type: SignatureType, texts: readonly string[]) {
  const builder = createColumnBuilder({ name: 'x', type });
  for (const text of texts) builder.appendText(text);
  return builder.finish();
}

function cells(column: ReturnType<typeof fromTexts>) {
  return Array.from({ length: columnLength(column) }, (_, row) => cellValue(column, row));
}

function fromValues(type: SignatureType, values: readonly unknown[]) {
  const builder = createColumnBuilder({ name: 'x', type });
  for (const value of values) builder.appendValue(value);
  return cells(builder.finish());
}

const types: readonly SignatureType[] = [
  'boolean',
  'integer',
  'long',
  'float',
  'double',
  'string',
  'datetime',
];

describe.each(types)('a builder of type %s', (type) => {
  it('builds the kind of column that holds the type', () => {
    expect(createColumnBuilder({ name: 'x', type }).finish().kind).toBe(columnKindOf(type));
  });

  it('takes null, undefined, NaN, blank text and appendMissing as missing cells', () => {
    const builder = createColumnBuilder({ name: 'x', type });
    for (const value of [null, undefined, NaN, '', '  ']) builder.appendValue(value);
    builder.appendText(' ');
    builder.appendMissing();
    expect(builder.length).toBe(7);
    expect(cells(builder.finish())).toEqual(new Array(7).fill(null));
  });

  it('refuses lists and objects', () => {
    const builder = createColumnBuilder({ name: 'x', type });
    expect(() => builder.appendValue([1])).toThrow('a list is not');
    expect(() => builder.appendValue({ a: 1 })).toThrow('an object is not');
    expect(builder.length).toBe(0);
  });
});

describe('text into cells', () => {
  it('trims numbers, booleans and times, and knows the words for missing', () => {
    expect(cells(fromTexts('double', [' 1.5 ', 'NA', '-2e1']))).toEqual([1.5, null, -20]);
    expect(cells(fromTexts('long', ['7', ' 8', 'null']))).toEqual([7, 8, null]);
    expect(cells(fromTexts('boolean', ['TRUE', '0', 'None']))).toEqual([true, false, null]);
    expect(cells(fromTexts('datetime', [' 1970-01-02', 'NaN']))).toEqual([86_400_000, null]);
  });

  it('keeps a string as it stands, also a word for missing', () => {
    const texts = [' Yes', 'Yes', 'NA', 'null', 'Yes'];
    const column = fromTexts('string', texts);
    expect(cells(column)).toEqual(texts);
    expect(column).toMatchObject({ dictionary: [' Yes', 'Yes', 'NA', 'null'] });
  });

  it.each([
    ['double', 'one', '"one" is not a number'],
    ['long', '1.5', '"1.5" is not a whole number'],
    ['integer', 'inf', '"inf" is not a whole number'],
    ['boolean', 'yes', '"yes" is not a boolean (true or false)'],
    ['datetime', 'today', '"today" is not an ISO 8601 date or time'],
  ] as const)('throws TABLE_CELL_TYPE for a %s %j', (type, text, message) => {
    const builder = createColumnBuilder({ name: 'x', type });
    builder.appendMissing();
    const append = () => builder.appendText(text);
    expect(append).toThrow(CellTypeError);
    expect(append).toThrow(`Row 2, column "x": ${message}.`);
  });

  it('cuts a long text in the message', () => {
    const append = () => fromTexts('double', ['x'.repeat(1000)]);
    expect(append).toThrow(`"${'x'.repeat(57)}..."`);
  });
});

describe('JSON values into cells', () => {
  it('takes numbers, and texts as in a file', () => {
    expect(fromValues('double', [1, '2.5', -0.5, Infinity])).toEqual([1, 2.5, -0.5, Infinity]);
    expect(fromValues('long', [1, '2', 3n])).toEqual([1, 2, 3]);
    expect(fromValues('boolean', [true, 'false', 1, 0])).toEqual([true, false, true, false]);
    expect(fromValues('datetime', [5, '1970-01-01', new Date(7)])).toEqual([5, 0, 7]);
  });

  it('writes numbers and booleans of a string column as text', () => {
    expect(fromValues('string', [1, 0.1, true, 10n, 'a'])).toEqual(['1', '0.1', 'true', '10', 'a']);
  });

  it.each([
    ['double', true, 'true is not a number'],
    ['long', 1.5, '1.5 is not a whole number'],
    ['long', Infinity, 'Infinity is not a whole number'],
    ['long', 2 ** 53, '9007199254740992 is not'],
    ['long', 2n ** 53n, '"9007199254740992" is not'],
    ['boolean', 2, '2 is not a boolean'],
    ['datetime', Infinity, 'Infinity is not an ISO'],
    ['datetime', 1e17, 'is not an ISO'],
    ['double', Symbol('s'), 'Symbol(s) is not a number'],
  ] as const)('throws TABLE_CELL_TYPE for a %s %s', (type, value, message) => {
    expect(() => fromValues(type, [value])).toThrow(message);
  });
});

describe('both ways in', () => {
  it('a text means the same in a file and in JSON', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('1', ' 2.0', 'true', 'NA', '2026-01-01', '1e5', '-'),
    );
    const cellsOr = (build: () => unknown) => {
      try {
        return build();
      } catch (error) {
        return (error as CellTypeError).code;
      }
    };
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.array(text, { maxLength: 5 }), (type, texts) => {
        expect(cellsOr(() => cells(fromTexts(type, texts)))).toEqual(
          cellsOr(() => fromValues(type, texts)),
        );
      }),
      { seed: 1 },
    );
  });

  it('keeps every cell of a long column', () => {
    const numbers = Array.from({ length: 1000 }, (_, i) => i / 8);
    expect(fromValues('double', numbers)).toEqual(numbers);
    expect(cells(fromTexts('string', numbers.map(String)))).toEqual(numbers.map(String));
  });
});
