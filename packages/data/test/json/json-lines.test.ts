import { cellValue, createTable } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inferColumns } from '../../src/inference/infer-columns.ts';
import { openJsonPieces } from '../../src/json/json-pieces.ts';
import { writeTable } from '../../src/open-table-writer.ts';
import { openTable, readTable } from '../../src/read-table.ts';
import { writeInto } from '../read-texts.ts';

async function readX(...values: string[]) {
  const text = values.map((value) => `{"x":${value}}`).join('\n');
  const { table } = await readTable(writeInto(temporaryFolder(), text, 'x.jsonl'));
  const column = table.columns.get('x')!;
  return [column.kind, ...values.map((_, row) => cellValue(column, row))];
}

it.each(['constructor', '__proto__', 'toString'])(
  'misses what a row does not have: %s',
  async (name) => {
    const path = writeInto(
      temporaryFolder(),
      `{"a":1,"${name}":"x"}\n{"a":12345678901234567890}\n`,
      'x.jsonl',
    );
    const { table } = await readTable(path);
    expect([0, 1].map((row) => cellValue(table.columns.get(name)!, row))).toEqual(['x', null]);
    const { signature } = await inferColumns(path);
    expect(signature).toContainEqual({ name, type: 'string', required: true });
    const { table: typed } = await readTable(path, { signature });
    expect([0, 1].map((row) => cellValue(typed.columns.get(name)!, row))).toEqual(['x', null]);
  },
);

describe('types of JSON lines', () => {
  it('take a blank string for a missing cell, not for 0', async () => {
    expect(await readX('1', '" "', '""')).toEqual(['integer', 1, null, null]);
  });

  it.each([
    [
      ['1', 'null', '-2'],
      ['integer', 1, null, -2],
    ],
    [
      ['1', '2.5'],
      ['numeric', 1, 2.5],
    ],
    [
      ['true', 'null'],
      ['boolean', true, null],
    ],
    [
      ['"a"', '""', '" "'],
      ['categorical', 'a', null, null],
    ],
    [
      ['"2020-01-01"', '""', '"2020-01-01T00:00:01Z"'],
      ['timestamp', 1577836800000, null, 1577836801000],
    ],
    [
      ['"2020-01-01"', '"soon"'],
      ['categorical', '2020-01-01', 'soon'],
    ],
    [
      ['1', '"a"', 'true'],
      ['categorical', '1', 'a', 'true'],
    ],
    [
      ['12345678901234567890', '1'],
      ['categorical', '12345678901234567890', '1'],
    ],
    [
      ['12345678901234567890', '1.5'],
      ['numeric', 12345678901234567000, 1.5],
    ],
    [
      ['1e300', '1'],
      ['numeric', 1e300, 1],
    ],
    [['null'], ['numeric', null]],
  ])('%j', async (values, expected) => {
    expect(await readX(...values)).toEqual(expected);
  });
});

describe('readTable of JSON lines', () => {
  it('has every name that a line has, missing where another line has it not', async () => {
    const path = writeInto(temporaryFolder(), '\ufeff{"a":1}\r\n\n {"b":"x"} \n', 'x.jsonl');
    const { table } = await readTable(path);
    expect([...table.columns]).toEqual([
      ['a', { kind: 'integer', values: Float64Array.of(1, NaN) }],
      ['b', { kind: 'categorical', codes: Int32Array.of(-1, 0), dictionary: ['x'] }],
    ]);
  });

  it.each([
    ['[1]', 'it is no JSON object'],
    ['{"a":1', 'JSON'],
    ['{"a":[1]}', '"a" is a list'],
    ['{"a":{"b":1}}', '"a" is an object'],
  ])('throws DATA_JSON_LINE_INVALID naming the line of %s', async (bad, reason) => {
    const path = writeInto(temporaryFolder(), `{"a":1}\n\n${bad}\n`, 'x.jsonl');
    await expect(readTable(path)).rejects.toMatchObject({
      code: 'DATA_JSON_LINE_INVALID',
      line: 3,
      message: expect.stringContaining(reason),
    });
  });

  it('passes over nested values of columns that a signature does not name', async () => {
    const path = writeInto(temporaryFolder(), '{"a":[1],"b":2}\n', 'x.jsonl');
    const signature = [{ name: 'b', type: 'long', required: true }] as const;
    const { table } = await readTable(path, { signature });
    expect(table.columns.get('b')).toEqual({ kind: 'integer', values: Float64Array.of(2) });
  });

  it.each([
    ['an early line', 3],
    ['a line behind those that give the header', 3000],
  ])('reads a required column that %s is the first to name', async (_, at) => {
    const lines = Array.from(
      { length: 4000 },
      (_, row) => `{"a":${row}${row < at ? '' : ',"b":1'}}`,
    );
    const path = writeInto(temporaryFolder(), lines.join('\n'), 'x.jsonl');
    const signature = [{ name: 'b', type: 'long', required: true }] as const;
    const values = Float64Array.from(lines, (_, row) => (row < at ? NaN : 1));
    const { table } = await readTable(path, { signature });
    expect(table.columns.get('b')).toEqual({ kind: 'integer', values });

    const chunks: number[] = [];
    const stream = await openTable(path, { signature, batchRows: 1500 });
    expect(stream.header).toEqual(['a', 'b']);
    for await (const chunk of stream) {
      const column = chunk.table.columns.get('b');
      if (column?.kind === 'integer') chunks.push(...column.values);
    }
    expect(Float64Array.from(chunks)).toEqual(values);
  });

  it('throws DATA_COLUMN_MISSING for a required column that no line names', async () => {
    const path = writeInto(temporaryFolder(), '{"a":1}\n'.repeat(3000), 'x.jsonl');
    const signature = [{ name: 'A', type: 'long', required: true }] as const;
    const expected = {
      code: 'DATA_COLUMN_MISSING',
      message: expect.stringContaining('Is it "a"?'),
    };
    await expect(readTable(path, { signature })).rejects.toMatchObject(expected);
    await expect(openTable(path, { signature, batchRows: 10 })).rejects.toMatchObject(expected);
  });

  it('gives back what JSON.stringify wrote', async () => {
    const folder = temporaryFolder();
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(fc.string(), value)), async (rows) => {
        const text = rows.map((row) => JSON.stringify(row)).join('\n');
        const path = writeInto(folder, text, 'x.jsonl');
        const options = { wanted: undefined, rowsPerPiece: 3, signal: undefined };
        const pieces = await openJsonPieces(path, options);
        const read: unknown[] = [];
        for await (const piece of pieces) read.push(...piece.rows.map(({ cells }) => cells));
        await pieces.close();
        const toNumber = (_name: string, cell: unknown) =>
          typeof cell === 'bigint' ? Number(cell) : cell;
        expect(read.map((cells) => JSON.stringify(cells, toNumber))).toEqual(
          rows.map((row) => JSON.stringify(row)),
        );
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});

it('writes numbers beyond 2^53 so that they are read as numbers', async () => {
  const values = Float64Array.of(2 ** 53, -1.5e19, 12345678901234567000, 1e21, 1e308, 2);
  const path = join(temporaryFolder(), 'x.jsonl');
  await writeTable(path, createTable([['x', { kind: 'numeric', values }]]));
  const { table } = await readTable(path);
  expect(table.columns.get('x')).toEqual({ kind: 'numeric', values });
});
