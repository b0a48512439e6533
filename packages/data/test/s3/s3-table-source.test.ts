import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rowAt } from '@gnu-mlops/core';
import { digestTable } from '../../src/digest-table.ts';
import { openBytesWriter } from '../../src/open-table-writer.ts';
import { createSampleTable } from '../../src/sample/create-sample-table.ts';
import { openS3Connection } from '../../src/s3/open-s3-connection.ts';
import type { S3Connection } from '../../src/s3/s3-connection.ts';
import { s3ObjectSink } from '../../src/s3/s3-object-sink.ts';
import { s3TableSource } from '../../src/s3/s3-table-source.ts';
import { BUCKET, type S3Double, startS3Double } from './s3-double.ts';
import { knownCredentials } from './verify-signature.ts';

let double: S3Double;
let connection: S3Connection;
let temporaryFolder: string;

beforeEach(async () => {
  temporaryFolder = mkdtempSync(join(tmpdir(), 's3-table-'));
  double = await startS3Double();
  const { endpoint } = double;
  connection = await openS3Connection({ endpoint, credentials: knownCredentials, maxAttempts: 3 });
});

afterEach(async () => {
  connection.close();
  await double.close();
  rmSync(temporaryFolder, { recursive: true });
});

function put(key: string, text: string): string {
  double.objects.set(key, Buffer.from(text));
  return `s3://${BUCKET}/${key}`;
}

describe('one object', () => {
  const { table } = createSampleTable({ kind: 'churn', rows: 300, seed: 7 });

  test.each(['t.csv', 't.csv.gz', 't.jsonl', 't.jsonl.gz', 't.arrow', 't.parquet'])(
    'holds a table that was written to %s, with the same digest',
    async (key) => {
      const uri = `s3://${BUCKET}/some folder/${key}`;
      const sink = s3ObjectSink(connection, uri);
      const writer = await openBytesWriter(sink, uri);
      await writer.write(table);
      await writer.commit();
      const source = s3TableSource(connection, uri, { temporaryFolder });
      expect(source).toMatchObject({ name: key, uri, sourceType: 's3' });
      const read = await source.read();
      expect(digestTable(read.table)).toBe(digestTable(table));
      expect(readdirSync(temporaryFolder)).toEqual([]);
    },
  );

  test('is read in chunks', async () => {
    const uri = put('n.csv', `n\n${Array.from({ length: 25 }, (_, n) => n).join('\n')}\n`);
    const signature = [{ name: 'n', type: 'double', required: true }] as const;
    const stream = await s3TableSource(connection, uri).open({ signature, batchRows: 10 });
    const sizes: number[] = [];
    for await (const { table: chunk } of stream) sizes.push(chunk.rowCount);
    expect(sizes).toEqual([10, 10, 5]);
  });

  test('is read across a connection that breaks', async () => {
    const rows = Array.from({ length: 100_000 }, (_, n) => `${n},${n * 2}`).join('\n');
    const uri = put('long.csv', `a,b\n${rows}\n`);
    let gets = 0;
    double.onRequest = () => (gets++ < 2 ? { resetAfterBytes: 300_000 } : 'answer');
    const { table: read } = await s3TableSource(connection, uri).read();
    expect(read.rowCount).toBe(100_000);
    expect(rowAt(read, 99_999)).toEqual({ a: 99_999, b: 199_998 });
    expect(gets).toBe(3);
  });

  test('is named by the error of a bad row', async () => {
    const uri = put('bad.csv', 'a,b\n1\n');
    await expect(s3TableSource(connection, uri).read()).rejects.toMatchObject({
      code: 'DATA_CSV_RAGGED_ROW',
      path: uri,
      line: 2,
    });
  });

  test('stops when the signal aborts', async () => {
    const uri = put('n.csv', 'n\n1\n');
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(s3TableSource(connection, uri).read({ signal })).rejects.toThrow('enough');
    expect(double.requests).toEqual([]);
  });
});

describe('a prefix', () => {
  const signature = [{ name: 'n', type: 'double', required: true }] as const;
  const prefix = `s3://${BUCKET}/parts/`;

  test('is one table out of all objects, in the order of their keys', async () => {
    put('parts/b.csv', 'n,city\n3,Linz\n');
    put('parts/a.csv', 'n,city\n1,Graz\n2.5,\n');
    put('parts/c.jsonl', '{"city": "Wien", "n": 4}\n');
    put('parts/_SUCCESS', '');
    const source = s3TableSource(connection, prefix);
    expect(source).toMatchObject({ name: 'parts', uri: prefix, sourceType: 's3' });
    const { table } = await source.read();
    expect(Array.from({ length: 4 }, (_, row) => rowAt(table, row))).toEqual([
      { n: 1, city: 'Graz' },
      { n: 2.5, city: null },
      { n: 3, city: 'Linz' },
      { n: 4, city: 'Wien' },
    ]);
  });

  test('is read in chunks with one count of rows', async () => {
    put('parts/a.csv', 'n\n1\n2\n3\n');
    put('parts/b.csv', 'n\n4\n5\n');
    const stream = await s3TableSource(connection, prefix).open({ signature, batchRows: 2 });
    const found: [number, number][] = [];
    for await (const chunk of stream) found.push([chunk.firstRow, chunk.table.rowCount]);
    expect(found).toEqual([
      [0, 2],
      [2, 1],
      [3, 2],
    ]);
  });

  test('throws DATA_PARTS_DIFFER naming object and column when one lacks it', async () => {
    put('parts/a.csv', 'n,city\n1,Graz\n');
    put('parts/b.csv', 'n\n2\n');
    await expect(s3TableSource(connection, prefix).read()).rejects.toMatchObject({
      code: 'DATA_PARTS_DIFFER',
      source: `${prefix}b.csv`,
      column: 'city',
    });
  });

  test('throws DATA_PARTS_DIFFER when one has a column more', async () => {
    put('parts/a.csv', 'n\n1\n');
    put('parts/b.csv', 'n,city\n2,Graz\n');
    await expect(s3TableSource(connection, prefix).read()).rejects.toMatchObject({
      code: 'DATA_PARTS_DIFFER',
      source: `${prefix}a.csv`,
      column: 'city',
    });
  });

  test('throws DATA_PARTS_DIFFER for numbers here and words there, until a type is said', async () => {
    put('parts/a.csv', 'zip\n8010\n');
    put('parts/b.csv', 'zip\n04109\n');
    const source = s3TableSource(connection, prefix);
    await expect(source.read()).rejects.toMatchObject({
      code: 'DATA_PARTS_DIFFER',
      source: `${prefix}b.csv`,
    });
    const { table } = await source.read({ columnTypes: { zip: 'string' } });
    expect([rowAt(table, 0), rowAt(table, 1)]).toEqual([{ zip: '8010' }, { zip: '04109' }]);
  });

  test('of many objects is read in order, each asked for once', async () => {
    const parts = 250;
    double.pageKeys = 100;
    const nameOf = (n: number) => `parts/part-${String(n).padStart(5, '0')}.csv`;
    for (let n = 0; n < parts; n++) put(nameOf(n), `n,word\n${n},w${n % 7}\n`);
    const source = s3TableSource(connection, prefix);
    const stream = await source.open({ signature, batchRows: 100 });
    const rows: unknown[] = [];
    for await (const { table } of stream) {
      for (let row = 0; row < table.rowCount; row++) rows.push(rowAt(table, row)['n']);
    }
    expect(rows).toEqual(Array.from({ length: parts }, (_, n) => n));
    expect(double.requests).toHaveLength(3 + parts);
  });

  test('throws DATA_S3_NOT_FOUND naming an object that went away after it was listed', async () => {
    put('parts/a.csv', 'n\n1\n');
    put('parts/b.csv', 'n\n2\n');
    double.onRequest = ({ url }) => {
      if (url.includes('a.csv')) double.objects.delete('parts/b.csv');
      return 'answer';
    };
    await expect(s3TableSource(connection, prefix).read()).rejects.toMatchObject({
      code: 'DATA_S3_NOT_FOUND',
      uri: `${prefix}b.csv`,
    });
  });

  test('has an object as it is when it is read, though it was another when it was listed', async () => {
    put('parts/a.csv', 'n\n1\n');
    put('parts/b.csv', 'n\n2\n');
    const more = `n\n${Array.from({ length: 200_000 }, (_, n) => n).join('\n')}\n`;
    double.onRequest = ({ url }) => {
      if (url.includes('list-type')) setTimeout(() => put('parts/b.csv', more), 0);
      return 'answer';
    };
    const { table } = await s3TableSource(connection, prefix).read();
    expect(table.rowCount).toBe(200_001);
  });

  test('is left in the middle without a request that nobody stops', async () => {
    for (let n = 0; n < 100; n++) put(`parts/${n}.csv`, 'n\n1\n');
    const stream = await s3TableSource(connection, prefix).open({ signature, batchRows: 10 });
    for await (const _ of stream) break;
    await stream.close();
    const begun = double.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(double.requests.length - begun).toBeLessThanOrEqual(16);
    expect(begun).toBeLessThan(60);
  });

  test('throws DATA_S3_NOT_FOUND when it is empty', async () => {
    await expect(s3TableSource(connection, prefix).read()).rejects.toMatchObject({
      code: 'DATA_S3_NOT_FOUND',
    });
  });
});
