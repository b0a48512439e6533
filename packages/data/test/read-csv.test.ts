import { type Column, type SignatureType, columnNamed, createRandom } from '@gnu-mlops/core';
import { sharedDataPath, temporaryFolder } from '@gnu-mlops/test-kit';
import fc from 'fast-check';
import { appendFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type ReadCsvOptions, readCsv } from '../src/read-csv.ts';
import { writeInto } from './read-texts.ts';

async function readColumn(cells: readonly string[], options?: ReadCsvOptions): Promise<Column> {
  const path = writeInto(temporaryFolder(), ['x,y', ...cells.map((cell) => `${cell},`)].join('\n'));
  return columnNamed((await readCsv(path, options)).table, 'x');
}

const numbers = (...values: number[]) => Float64Array.from(values);

describe('readCsv', () => {
  it.each<[string, string[], Column]>([
    ['whole numbers', ['1', '-2', '+3', ''], { kind: 'integer', values: numbers(1, -2, 3, NaN) }],
    ['numbers with a point', ['1', '2.0'], { kind: 'numeric', values: numbers(1, 2) }],
    ['numbers with an exponent', ['1e3', '5'], { kind: 'numeric', values: numbers(1000, 5) }],
    ['infinities', ['inf', '-Infinity'], { kind: 'numeric', values: numbers(Infinity, -Infinity) }],
    [
      'booleans in any case',
      ['true', 'FALSE', '', 'True'],
      { kind: 'boolean', values: Uint8Array.of(1, 0, 255, 1) },
    ],
    ['dates', ['1970-01-02', 'NA'], { kind: 'timestamp', values: numbers(86_400_000, NaN) }],
    [
      'times',
      ['1970-01-01T00:00:01Z', '1970-01-01'],
      { kind: 'timestamp', values: numbers(1000, 0) },
    ],
    [
      'strings',
      ['b', 'a', '', 'b'],
      { kind: 'categorical', codes: Int32Array.of(0, 1, -1, 0), dictionary: ['b', 'a'] },
    ],
    [
      'missing tokens only',
      ['NA', '', 'null'],
      { kind: 'numeric', values: numbers(NaN, NaN, NaN) },
    ],
    [
      'numbers among tokens and blanks',
      ['NA', ' ', ' 7 ', 'None'],
      { kind: 'integer', values: numbers(NaN, NaN, 7, NaN) },
    ],
    ['quoted numbers', ['"1"', '"2.5"'], { kind: 'numeric', values: numbers(1, 2.5) }],
  ])('finds the type of %s', async (_, cells, column) => {
    expect(await readColumn(cells)).toStrictEqual(column);
  });

  it.each([
    ['one cell that is no number, at the end', [...Array<string>(300).fill('1'), 'x']],
    ['one cell that is no number, at the start', ['x', ...Array<string>(300).fill('1')]],
    ['booleans and numbers', ['true', '1']],
    ['dates and numbers', ['2024-01-01', '2024']],
    ['a missing token before a text, which is a text then', ['NA', '', 'x']],
    ['leading zeros, which a number would lose', ['1', '007', '12']],
    ['leading zeros behind a sign', ['-01', '2']],
    ['leading zeros next to real numbers', ['1.5', '01']],
    ['whole numbers that a double cannot hold', ['1', '12345678901234567890']],
  ])('makes strings of %s', async (_, cells) => {
    const column = await readColumn(cells, { chunkBytes: 64 });
    const dictionary = [...new Set(cells)].filter((cell) => cell !== '');
    expect(column).toStrictEqual({
      kind: 'categorical',
      codes: Int32Array.from(cells, (cell) => dictionary.indexOf(cell)),
      dictionary,
    });
  });

  it.each([
    ['0', '10'],
    ['0.5', '00.5'],
    ['-0', '5'],
  ])('takes %s and %s for numbers', async (...cells) => {
    expect((await readColumn(cells)).kind).toMatch(/integer|numeric/);
  });

  it('takes a large whole number among real ones for a number', async () => {
    expect(await readColumn(['12345678901234567890', '0.5'])).toStrictEqual({
      kind: 'numeric',
      values: numbers(12345678901234567890, 0.5),
    });
  });

  it('finds the same types and values in any order of rows and with any chunk size', async () => {
    const pool = fc.constantFrom(
      ...['', ' ', 'NA', '1', '-2', '3.5', '1e2', '007', '99999999999999999999', 'true', 'False'],
      ...['2024-01-01', 'x', '" 4"', '"a""b"', 'inf'],
    );
    const few = fc.uniqueArray(pool, { minLength: 1, maxLength: 3 });
    const columns = few.chain((texts) =>
      fc.tuple(
        fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 60 }),
      ),
    );
    const folder = temporaryFolder();
    const read = async (cells: readonly string[], chunkBytes?: number) => {
      const path = writeInto(folder, `x,y\n${cells.map((cell) => `${cell},\n`).join('')}`);
      const options = chunkBytes === undefined ? {} : { chunkBytes };
      return columnNamed((await readCsv(path, { ...options, delimiter: ',' })).table, 'x');
    };
    await fc.assert(
      fc.asyncProperty(columns, async ([cells, chunkBytes]) => {
        const column = await read(cells);
        expect(await read(cells, chunkBytes)).toStrictEqual(column);
        const reversed = await read(cells.toReversed());
        expect(reversed.kind).toBe(column.kind);
        if (column.kind !== 'categorical') {
          expect(reversed).toEqual({ ...column, values: column.values.toReversed() });
        }
      }),
      { seed: 9, numRuns: 800 },
    );
  });

  it('reads numbers to the bit as Number does', async () => {
    const texts = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.tuple(fc.integer(), fc.nat({ max: 999_999_999 })).map(([a, b]) => `${a}.${b}`),
      fc
        .string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 25 })
        .map((text) => `-0.${text}`),
    );
    const folder = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 200, maxLength: 200 }), async (cells) => {
        const path = writeInto(folder, `x\n0.5\n${cells.join('\n')}`);
        const column = columnNamed((await readCsv(path)).table, 'x');
        expect(column.kind).toBe('numeric');
        const values = column.kind === 'numeric' ? [...column.values.subarray(1)] : [];
        const isSame = values.every((value, i) => Object.is(value, Number(cells[i])));
        expect(isSame || values).toBe(true);
      }),
      { seed: 10, numRuns: 200 },
    );
  });

  it('makes text of identifiers: many strings, nearly all different', async () => {
    const many = Array.from({ length: 60 }, (_, i) => `C${i}`);
    expect(await readColumn([...many, ''])).toStrictEqual({
      kind: 'text',
      values: [...many, null],
    });
    expect((await readColumn(many.slice(0, 50))).kind).toBe('categorical');
    expect((await readColumn([...many, ...many])).kind).toBe('categorical');
    expect((await readColumn(many.slice(0, 10), { maxDictionary: 9 })).kind).toBe('text');
  });

  it('reads the types that columnTypes names, and finds the others', async () => {
    const path = writeInto(temporaryFolder(), 'zip,age,n\n12345,30,1\n10115,31,2\n');
    const { table } = await readCsv(path, { columnTypes: { zip: 'string', age: 'double' } });
    expect([...table.columns].map(([name, { kind }]) => [name, kind])).toEqual([
      ['zip', 'categorical'],
      ['age', 'numeric'],
      ['n', 'integer'],
    ]);
  });

  it("reads a signature's columns only, in its order, categorical whatever the texts", async () => {
    const ids = Array.from({ length: 60 }, (_, i) => `${i},C${i},0,x`).join('\n');
    const path = writeInto(temporaryFolder(), `n,id,flag,more\n${ids}\n`);
    const { table } = await readCsv(path, {
      signature: [
        { name: 'flag', type: 'boolean', required: true },
        { name: 'id', type: 'string', required: true },
        { name: 'absent', type: 'double', required: false },
      ],
    });
    expect([...table.columns.keys()]).toEqual(['flag', 'id', 'absent']);
    expect(columnNamed(table, 'flag')).toEqual({ kind: 'boolean', values: new Uint8Array(60) });
    expect(columnNamed(table, 'id').kind).toBe('categorical');
    const absent = { kind: 'numeric', values: new Float64Array(60).fill(NaN) };
    expect(columnNamed(table, 'absent')).toEqual(absent);
  });

  it('throws DATA_COLUMN_MISSING naming path and nearest column', async () => {
    const path = writeInto(temporaryFolder(), 'Age,name\n1,a\n');
    const signature = [{ name: 'age', type: 'long' as const, required: true }];
    for (const options of [{ signature }, { columnTypes: { age: 'long' as const } }]) {
      await expect(readCsv(path, options)).rejects.toMatchObject({
        code: 'DATA_COLUMN_MISSING',
        message: `"${path}" has no column "age". Is it "Age"?`,
        column: 'age',
      });
    }
  });

  it('throws DATA_OPTION_INVALID for a signature together with columnTypes', async () => {
    const path = writeInto(temporaryFolder(), 'a\n1\n');
    await expect(readCsv(path, { signature: [], columnTypes: {} })).rejects.toMatchObject({
      code: 'DATA_OPTION_INVALID',
    });
  });

  it('throws DATA_CSV_CELL_INVALID for the first invalid cell of the file, whatever the chunk size', async () => {
    const path = writeInto(temporaryFolder(), 'a,b\n1,1\n"2\n",x\ny,2\n');
    const columnTypes: Record<string, SignatureType> = { a: 'long', b: 'double' };
    for (const chunkBytes of [1, 8, 1000]) {
      await expect(readCsv(path, { columnTypes, chunkBytes })).rejects.toMatchObject({
        code: 'DATA_CSV_CELL_INVALID',
        message: expect.stringContaining(
          `"${path}", line 3, column "b": "x" is no value of type double`,
        ),
        line: 3,
        column: 'b',
      });
    }
  });

  it('leaves ragged rows out when asked to, and says how many and where', async () => {
    const path = writeInto(temporaryFolder(), 'a,b\n1,2\n3\n\n4,5,6\n7,8\n');
    for (const chunkBytes of [1, 1000]) {
      const { table, skippedRows } = await readCsv(path, { onRaggedRow: 'skip', chunkBytes });
      expect(columnNamed(table, 'a')).toEqual({ kind: 'integer', values: numbers(1, 7) });
      expect(skippedRows).toEqual({ count: 2, lines: [3, 5] });
    }
  });

  it('counts all ragged rows, and names the lines of the first hundred', async () => {
    const path = writeInto(temporaryFolder(), `a,b\n${'1\n'.repeat(250)}1,2\n`);
    const { skippedRows } = await readCsv(path, { onRaggedRow: 'skip' });
    expect(skippedRows.count).toBe(250);
    expect(skippedRows.lines).toEqual(Array.from({ length: 100 }, (_, i) => i + 2));
  });

  it('reads tables of many columns', async () => {
    const names = Array.from({ length: 5000 }, (_, i) => `c${i}`);
    const rows = Array.from({ length: 40 }, (_, row) => names.map((_, i) => row * i).join(','));
    const path = writeInto(temporaryFolder(), [names.join(','), ...rows].join('\n'));
    const { table } = await readCsv(path, { chunkBytes: 1000 });
    expect(columnNamed(table, 'c4999')).toEqual({
      kind: 'integer',
      values: Float64Array.from({ length: 40 }, (_, row) => row * 4999),
    });
  });

  it('reads the same with windows that kernels work on as with small ones', async () => {
    const random = createRandom(7);
    const pick = <T>(values: readonly T[]) =>
      values[Math.floor(random.nextFloat() * values.length)]!;
    const lines = Array.from({ length: 20_000 }, (_, row) => {
      if (row % 997 === 0) return pick(['', 'ragged', '1,2,3,4,5,6,7']);
      if (row === 12_345) return `1,${'long '.repeat(40_000)},a,2,id-x`;
      const number = random.nextFloat() * 1000 - 500;
      const cells = [
        pick(['', 'NA', String(row)]),
        pick(['yes', '"no"', '"a, ""b"""', 'é\u00a0x']),
      ];
      return [...cells, pick(['"two\r\nlines"', ' ', 'x']), number, `id-${row % 9000}`].join(',');
    });
    const path = writeInto(temporaryFolder(), `n,a,b,x,id\r\n${lines.join('\r\n')}`);
    const read = async (chunkBytes?: number) => {
      // Finding the delimiter would need a larger window.
      const dialect = { onRaggedRow: 'skip', delimiter: ',' } as const;
      const options = chunkBytes === undefined ? dialect : { ...dialect, chunkBytes };
      const { table, skippedRows } = await readCsv(path, options);
      return { columns: [...table.columns], skippedRows };
    };
    const small = await read(1000);
    expect(await read(65_536)).toStrictEqual(small);
    expect(await read()).toStrictEqual(small);
  });

  it('reads a file with a header only as a table without rows', async () => {
    for (const text of ['a,b', 'a,b\n', '\ufeff"a",b\r\n\r\n']) {
      const { table, schema } = await readCsv(writeInto(temporaryFolder(), text));
      expect(table.rowCount).toBe(0);
      expect([...table.columns.keys()]).toEqual(['a', 'b']);
      expect(schema).toHaveLength(2);
    }
  });

  it('describes every column', async () => {
    const path = writeInto(temporaryFolder(), 'n,who,at\n,b,2024-01-01\n2.5,a,\n2.5,b,\n');
    const { schema, delimiter } = await readCsv(path);
    expect(delimiter).toBe(',');
    expect(schema).toEqual([
      {
        name: 'n',
        kind: 'numeric',
        type: 'double',
        missingCount: 1,
        distinctCount: 1,
        example: '2.5',
      },
      {
        name: 'who',
        kind: 'categorical',
        type: 'string',
        missingCount: 0,
        distinctCount: 2,
        example: 'b',
      },
      {
        name: 'at',
        kind: 'timestamp',
        type: 'datetime',
        missingCount: 2,
        distinctCount: 1,
        example: '2024-01-01T00:00:00.000Z',
      },
    ]);
  });

  it('throws DATA_FILE_CHANGED when the file changes before a column is read again', async () => {
    const path = writeInto(temporaryFolder(), `a\n${'1\n'.repeat(1000)}x\n`);
    let isDone = false;
    const reading = readCsv(path).finally(() => (isDone = true));
    const writing = async () => {
      while (!isDone) {
        appendFileSync(path, '2\n');
        await setImmediate();
      }
    };
    const [read] = await Promise.allSettled([reading, writing()]);
    expect(read).toMatchObject({
      reason: { code: 'DATA_FILE_CHANGED', message: expect.stringContaining(path) },
    });
  });

  it('throws DATA_FILE_NOT_FOUND naming the path', async () => {
    const path = join(temporaryFolder(), 'nowhere.csv');
    await expect(readCsv(path)).rejects.toMatchObject({
      code: 'DATA_FILE_NOT_FOUND',
      message: expect.stringContaining(path),
    });
  });

  it('throws DATA_NOT_A_FILE for a folder and for a device', async () => {
    const folder = temporaryFolder();
    await expect(readCsv(folder)).rejects.toMatchObject({
      code: 'DATA_NOT_A_FILE',
      message: expect.stringContaining(`"${folder}" is a folder`),
    });
    await expect(readCsv('/dev/null')).rejects.toMatchObject({ code: 'DATA_NOT_A_FILE' });
  });

  it.skipIf(process.getuid?.() === 0)('throws DATA_FILE_FORBIDDEN naming the path', async () => {
    const path = writeInto(temporaryFolder(), 'a\n1\n');
    chmodSync(path, 0);
    await expect(readCsv(path)).rejects.toMatchObject({
      code: 'DATA_FILE_FORBIDDEN',
      message: expect.stringContaining(path),
    });
  });
});

describe('readCsv on real files', () => {
  const kindsOf = async (file: string) => {
    const { table, schema } = await readCsv(sharedDataPath(file)!);
    const kinds = Object.fromEntries(schema.map(({ name, kind }) => [name, kind]));
    const missing = Object.fromEntries(
      schema
        .filter(({ missingCount }) => missingCount > 0)
        .map((column) => [column.name, column.missingCount]),
    );
    return { rowCount: table.rowCount, kinds, missing };
  };

  it.skipIf(sharedDataPath('telco_customer_churn.csv') === undefined)(
    'takes the blank total charges of new telco customers for missing numbers',
    async () => {
      const { rowCount, kinds, missing } = await kindsOf('telco_customer_churn.csv');
      expect(rowCount).toBe(7043);
      expect(kinds).toMatchObject({
        customerID: 'text',
        SeniorCitizen: 'integer',
        TotalCharges: 'numeric',
        Churn: 'categorical',
      });
      expect(missing).toEqual({ TotalCharges: 11 });
    },
  );

  it.skipIf(sharedDataPath('titanic.csv') === undefined)(
    'reads quoted names with commas, missing ages and identifiers of the titanic',
    async () => {
      const { rowCount, kinds, missing } = await kindsOf('titanic.csv');
      expect(rowCount).toBe(891);
      expect(kinds).toMatchObject({
        name: 'text',
        ticket: 'text',
        age: 'numeric',
        sex: 'categorical',
      });
      expect(missing).toEqual({ age: 177, cabin: 687, embarked: 2 });
    },
  );

  it.skipIf(sharedDataPath('california_housing.csv') === undefined)(
    'takes 41.0 for a real number, and finds the missing bedrooms of California',
    async () => {
      const { rowCount, kinds, missing } = await kindsOf('california_housing.csv');
      expect(rowCount).toBe(20_640);
      expect(kinds).toMatchObject({
        housing_median_age: 'numeric',
        ocean_proximity: 'categorical',
      });
      expect(missing).toEqual({ total_bedrooms: 207 });
    },
  );
});
