import {
  type DataType,
  Dictionary,
  Int32,
  Table as ArrowTable,
  TimeMillisecond,
  TimeNanosecond,
  TimeSecond,
  Utf8,
  type Vector,
  makeData,
  tableToIPC,
  vectorFromArray,
} from 'apache-arrow';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cellGetter } from '../../src/arrow/cell-getter.ts';
import { readTable } from '../../src/read-table.ts';

function written(bytes: Uint8Array, name = 'x.arrow'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

const numbers = new ArrowTable({ x: vectorFromArray([1, 2, 3], new Int32()) });

describe('a file that is no Arrow', () => {
  const file = tableToIPC(numbers, 'file');
  const stream = tableToIPC(numbers, 'stream');

  it.each([
    ['is empty', new Uint8Array(0)],
    ['is a single byte', Uint8Array.of(65)],
    ['is some text', Buffer.from('hello, this is a text and no table')],
    ['ends in its schema', stream.subarray(0, 40)],
    ['ends in its middle', file.subarray(0, file.length / 2)],
    ['lacks its last byte', file.subarray(0, -1)],
  ])('throws DATA_FILE_DAMAGED where it %s, in words for people', async (_, bytes) => {
    const path = written(bytes);
    await expect(readTable(path)).rejects.toMatchObject({
      code: 'DATA_FILE_DAMAGED',
      source: path,
      message: expect.not.stringMatching(/undefined|null|Cannot read/) as string,
    });
  });
});

it('takes times of day for the texts that Parquet has for them', async () => {
  const table = new ArrowTable({
    seconds: vectorFromArray([37_800, 0, null], new TimeSecond()),
    milliseconds: vectorFromArray([37_800_250, 1, null], new TimeMillisecond()),
    nanoseconds: vectorFromArray([86_399_999_999_999n, 1n, null], new TimeNanosecond()),
  });
  const { table: read } = await readTable(written(tableToIPC(table, 'file')));
  const cells = Array.from(read.columns.values(), (column) => {
    if (column.kind !== 'categorical') throw new Error(column.kind);
    return Array.from(column.codes, (code) => column.dictionary[code] ?? null);
  });
  expect(cells).toEqual([
    ['10:30:00', '00:00:00', null],
    ['10:30:00.25', '00:00:00.001', null],
    ['23:59:59.999999999', '00:00:00.000000001', null],
  ]);
});

it('looks up what a dictionary has under numbers of eight bytes', () => {
  const dictionary = vectorFromArray(['a', null, 'c'], new Utf8());
  const type = new Dictionary(new Utf8(), { bitWidth: 64 } as never);
  const part = (codes: bigint[], valid: number) => {
    const data = makeData({
      type: new Dictionary(new Utf8(), new Int32()),
      length: codes.length,
      nullBitmap: Uint8Array.of(valid),
      data: new Int32Array(codes.length),
      dictionary,
    });
    return Object.assign(Object.create(data) as typeof data, {
      type,
      values: BigInt64Array.from(codes),
    });
  };
  const vector = { type, data: [part([2n, 0n], 0b11), part([1n, 0n, 2n], 0b101)] };
  const get = cellGetter(vector as unknown as Vector<DataType>);
  expect([0, 1, 2, 3, 4].map(get)).toEqual(['c', 'a', null, null, 'c']);
});
