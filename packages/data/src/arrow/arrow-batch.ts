import type * as Arrow from 'apache-arrow';
import type { Data, RecordBatch } from 'apache-arrow';
import { type Column, type Table, columnLength, isMissing } from '@gnu-mlops/core';

/** A table as a record batch. */
export function arrowBatch(arrow: typeof Arrow, table: Table): RecordBatch {
  const children: Data[] = [];
  const fields = Array.from(table.columns, ([name, column]) => {
    const data = arrowData(arrow, column);
    children.push(data);
    return new arrow.Field(name, data.type, true);
  });
  const type = new arrow.Struct(fields);
  const data = arrow.makeData({ type, length: table.rowCount, nullCount: 0, children });
  return new arrow.RecordBatch(new arrow.Schema(fields), data);
}

/** One column: numbers as Float64, wholes as Int64, times as Timestamp, strings as Utf8. */
export function arrowData(arrow: typeof Arrow, column: Column): Data {
  const length = columnLength(column);
  if (column.kind === 'categorical' || column.kind === 'text') {
    if (length === 0) return noTexts(arrow);
    const texts = Array.from({ length }, (_, row) =>
      column.kind === 'text'
        ? (column.values[row] ?? null)
        : (column.dictionary[column.codes[row]!] ?? null),
    );
    return arrow.vectorFromArray(texts, new arrow.Utf8()).data[0]!;
  }
  const valid = validBits(column, length);
  switch (column.kind) {
    case 'numeric':
      return arrow.makeData({
        ...{ type: new arrow.Float64(), length, ...valid },
        data: column.values.slice(),
      });
    case 'integer':
      return arrow.makeData({
        ...{ type: new arrow.Int64(), length, ...valid },
        data: BigInt64Array.from(column.values, (value) => BigInt(presentOr0(value))),
      });
    case 'timestamp':
      return arrow.makeData({
        ...{ type: new arrow.Timestamp(arrow.TimeUnit.MICROSECOND, 'UTC'), length, ...valid },
        data: BigInt64Array.from(column.values, (value) => microseconds(presentOr0(value))),
      });
    case 'boolean':
      return arrow.makeData({
        ...{ type: new arrow.Bool(), length, ...valid },
        data: packBits(length, (row) => column.values[row] === 1),
      });
  }
}

function noTexts(arrow: typeof Arrow): Data {
  return arrow.makeData({
    ...{ type: new arrow.Utf8(), length: 0, nullCount: 0 },
    ...{ valueOffsets: new Int32Array(1), data: new Uint8Array(0) },
  });
}

function validBits(column: Column, length: number): { nullCount: number; nullBitmap: Uint8Array } {
  let nullCount = 0;
  for (let row = 0; row < length; row++) if (isMissing(column, row)) nullCount++;
  return { nullCount, nullBitmap: packBits(length, (row) => !isMissing(column, row)) };
}

function packBits(length: number, isSet: (row: number) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(length / 8));
  for (let row = 0; row < length; row++) if (isSet(row)) bits[row >> 3]! |= 1 << (row & 7);
  return bits;
}

function presentOr0(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}

/** Milliseconds, perhaps with a fraction, in whole microseconds. */
function microseconds(ms: number): bigint {
  const whole = Math.floor(ms);
  return BigInt(whole) * 1000n + BigInt(Math.round((ms - whole) * 1000));
}
