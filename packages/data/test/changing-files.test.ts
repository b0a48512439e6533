import { type ColumnSpec, createTable } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openByteReader } from '../src/byte-reader.ts';
import { bytesSource } from '../src/file-source.ts';
import { openTableWriter } from '../src/open-table-writer.ts';
import { openTable } from '../src/read-table.ts';

const signature: readonly ColumnSpec[] = [{ name: 'v', type: 'double', required: true }];
const pieceRows = 10_000;
const pieces = 30;

async function writePieces(name: string): Promise<string> {
  const path = join(temporaryFolder(), name);
  const writer = await openTableWriter(path);
  for (let piece = 0; piece < pieces; piece++) {
    const values = Float64Array.from({ length: pieceRows }, (_, row) =>
      Math.sin(piece * pieceRows + row),
    );
    await writer.write(createTable([['v', { kind: 'numeric', values }]]));
  }
  await writer.commit();
  return path;
}

/** Read it, and do something when the first rows are there. @returns how many rows there were. */
async function readAndThen(path: string, meddle: () => void): Promise<number> {
  let rows = 0;
  for await (const { table } of await openTable(path, { signature, batchRows: pieceRows })) {
    if (rows === 0) meddle();
    rows += table.rowCount;
  }
  return rows;
}

describe('a file that is cut off while it is read', () => {
  it.each(['a.csv', 'a.jsonl', 'a.csv.gz', 'a.arrows'])(
    'is DATA_FILE_CHANGED: %s',
    async (name) => {
      const path = await writePieces(name);
      const bytes = readFileSync(path);
      // Behind a row, so that what is left is whole.
      const end = bytes.lastIndexOf('\n', Math.floor(bytes.length * 0.7)) + 1;
      const reading = readAndThen(path, () => truncateSync(path, end));
      await expect(reading).rejects.toMatchObject({ code: 'DATA_FILE_CHANGED', path });
    },
  );

  it('is DATA_FILE_CHANGED for whoever reads it anywhere', async () => {
    const path = join(temporaryFolder(), 'a.csv');
    writeFileSync(path, 'v\n1\n2\n3\n');
    const reader = await openByteReader(path);
    const { readAt } = reader.file!;
    const target = Buffer.alloc(100);
    expect(await readAt(target, 2)).toBe(6);
    truncateSync(path, 4);
    await expect(readAt(target, 2)).rejects.toMatchObject({ code: 'DATA_FILE_CHANGED' });
    await reader.close();
  });
});

it('reads on where rows are added to a file while it is read', async () => {
  const path = await writePieces('a.csv');
  const rows = await readAndThen(path, () => appendFileSync(path, '7\n8\n'));
  expect(rows).toBe(pieces * pieceRows + 2);
});

it('throws the reason of an abort while Arrow is on its way', async () => {
  const bytes = readFileSync(await writePieces('a.arrows'));
  const controller = new AbortController();
  async function* send() {
    yield bytes.subarray(0, 400_000);
    await new Promise((_, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error));
    });
  }
  const stream = { fingerprint: '', close: () => Promise.resolve(), [Symbol.asyncIterator]: send };
  const open = () => Promise.resolve(stream);
  const source = bytesSource({ name: 's3://bucket/a.arrows', open }, { sourceType: 's3' });
  const { signal } = controller;
  const reason = new Error('enough');
  const reading = (async () => {
    for await (const { firstRow } of await source.open({ signature, batchRows: 5000, signal })) {
      if (firstRow === 0) setImmediate(() => controller.abort(reason));
    }
  })();
  await expect(reading).rejects.toBe(reason);
});
