import {
  type DataType,
  Dictionary,
  Int32,
  LargeUtf8,
  Table as ArrowTable,
  TimeMillisecond,
  TimeNanosecond,
  TimeSecond,
  TimestampMicrosecond,
  TimestampNanosecond,
  TimestampSecond,
  Utf8,
  Utf8View,
  type Vector,
  makeData,
  makeVector,
  tableToIPC,
  vectorFromArray,
} from 'apache-arrow';
import * as arrow from 'apache-arrow';
import { cellValue, parseTimestamp } from '@gnu-mlops/core';
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
  const get = cellGetter(arrow, vector as unknown as Vector<DataType>);
  expect([0, 1, 2, 3, 4].map(get)).toEqual(['c', 'a', null, null, 'c']);
});

it('reads every text whole, in whichever layout', async () => {
  const texts = [
    '\ufeffmarked',
    '\ufeff\ufeff twice',
    'short',
    null,
    'longer than a view holds: ä',
  ];
  const table = new ArrowTable({
    plain: vectorFromArray(texts, new Utf8()),
    large: vectorFromArray(texts, new LargeUtf8()),
    view: vectorFromArray(texts, new Utf8View()),
    coded: vectorFromArray(texts, new Dictionary(new Utf8(), new Int32())),
  });
  const { table: read } = await readTable(written(tableToIPC(table, 'file')));
  for (const column of read.columns.values()) {
    expect(texts.map((_, row) => cellValue(column, row))).toEqual(texts);
  }
});

it('has the bits of times that a text of them has', async () => {
  const micros = [-1n, -999_999n, 1n, 1_000_001n, -1_500_250_001n, 1_709_251_199_999_999n];
  const table = new ArrowTable({
    us: makeVector({ type: new TimestampMicrosecond(), data: BigInt64Array.from(micros) }),
    ns: makeVector({
      type: new TimestampNanosecond(),
      data: BigInt64Array.from(micros, (count) => count * 1000n),
    }),
  });
  const { table: read } = await readTable(written(tableToIPC(table, 'file')));
  const expected = micros.map((count) => {
    const seconds = new Date(Math.floor(Number(count) / 1e6) * 1000).toISOString().slice(0, 19);
    const rest = String(((count % 1_000_000n) + 1_000_000n) % 1_000_000n).padStart(6, '0');
    return parseTimestamp(`${seconds}.${rest}Z`);
  });
  for (const column of read.columns.values()) {
    expect(micros.map((_, row) => cellValue(column, row))).toEqual(expected);
  }
});

it('throws DATA_CELL_INVALID for a time that no Date shows', async () => {
  const table = new ArrowTable({
    at: makeVector({ type: new TimestampSecond(), data: BigInt64Array.of(0n, 10n ** 13n) }),
  });
  await expect(readTable(written(tableToIPC(table, 'file')))).rejects.toMatchObject({
    code: 'DATA_CELL_INVALID',
    row: 2,
    column: 'at',
  });
});
