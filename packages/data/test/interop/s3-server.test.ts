import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type S3Connection,
  createSampleTable,
  digestTable,
  listS3Objects,
  openBytesWriter,
  openS3Connection,
  parseS3Uri,
  s3ObjectSink,
  s3ObjectSource,
  s3TableSource,
} from '../../src/index.ts';
import { whyNoPython } from './interop-python.ts';
import { type ObjectServer, startMoto } from './start-moto.ts';

const bucket = 'tables';
/** Another server may be named, with a bucket `tables` and the credentials below. */
const named = process.env['GNU_MLOPS_INTEROP_S3_ENDPOINT'];
const reason = named === undefined ? whyNoPython('moto.server') : undefined;
if (reason !== undefined) console.warn(`The S3 server tests are skipped: ${reason}.`);

describe.skipIf(reason !== undefined)('a server of S3', () => {
  let server: ObjectServer | undefined;
  let connection: S3Connection;
  const temporaryFolder = mkdtempSync(join(tmpdir(), 's3-server-'));

  beforeAll(async () => {
    server = named === undefined ? await startMoto(bucket) : undefined;
    connection = await openS3Connection({
      endpoint: named ?? server!.endpoint,
      credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret/with+signs' },
    });
  });

  afterAll(async () => {
    connection?.close();
    await server?.stop();
    rmSync(temporaryFolder, { recursive: true });
  });

  async function readAll(uri: string): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for await (const piece of await s3ObjectSource(connection, uri).open()) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  async function writeAll(uri: string, content: Uint8Array): Promise<void> {
    const sink = s3ObjectSink(connection, uri, { partBytes: 5 * 1024 * 1024 });
    try {
      for (let from = 0; from < content.length; from += 3_000_000) {
        await sink.write(content.subarray(from, from + 3_000_000));
      }
      await sink.commit();
    } finally {
      await sink.abort();
    }
  }

  test.each(['plain.csv', 'with blank and+plus.csv', 'percent%20sign.csv', 'ünïcödé/表.csv'])(
    'keeps bytes under the key %s',
    async (key) => {
      const uri = `s3://${bucket}/keys/${key}`;
      await writeAll(uri, Buffer.from('a\n1\n'));
      expect((await readAll(uri)).toString()).toBe('a\n1\n');
    },
  );

  test('keeps an object of many parts, every byte of it', async () => {
    const content = Buffer.from(Uint32Array.from({ length: 4_000_000 }, (_, n) => n).buffer);
    await writeAll(`s3://${bucket}/large.bin`, content);
    expect((await readAll(`s3://${bucket}/large.bin`)).equals(content)).toBe(true);
  });

  test('has nothing of an upload that was aborted', async () => {
    const uri = `s3://${bucket}/aborted.bin`;
    const sink = s3ObjectSink(connection, uri, { partBytes: 5 * 1024 * 1024 });
    await sink.write(Buffer.alloc(11 * 1024 * 1024));
    await sink.abort();
    await expect(readAll(uri)).rejects.toMatchObject({ code: 'DATA_S3_NOT_FOUND' });
  });

  test.each(['csv', 'csv.gz', 'jsonl', 'arrow', 'parquet'])(
    'keeps a table as %s, one object or a prefix of several',
    async (ending) => {
      const tables = [1, 2].map((seed) => createSampleTable({ kind: 'churn', rows: 200, seed }));
      const prefix = `s3://${bucket}/table-${ending}/`;
      for (const [index, { table }] of tables.entries()) {
        const uri = `${prefix}part-${index}.${ending}`;
        const writer = await openBytesWriter(s3ObjectSink(connection, uri), uri);
        await writer.write(table);
        await writer.commit();
      }
      const one = await s3TableSource(connection, `${prefix}part-0.${ending}`, {
        temporaryFolder,
      }).read();
      expect(digestTable(one.table)).toBe(digestTable(tables[0]!.table));
      const all = await s3TableSource(connection, prefix, { temporaryFolder }).read();
      expect(all.table.rowCount).toBe(400);
    },
  );

  test('lists keys as they are, whatever signs are in them, and reads what lies under them', async () => {
    const keys = [
      'odd/ blanks at its ends .csv',
      'odd/a+b%2B%.csv',
      'odd/quote\'&<amp>".csv',
      'odd/ünïcödé/表\u{1f600}.csv',
      'odd//slash.csv',
    ];
    for (const key of keys) await writeAll(`s3://${bucket}/${key}`, Buffer.from('n\n1\n'));
    const found = await listS3Objects(connection, `s3://${bucket}/odd/`);
    expect(found.toSorted()).toEqual(keys.map((key) => `s3://${bucket}/${key}`).toSorted());
    const { table } = await s3TableSource(connection, `s3://${bucket}/odd/`).read();
    expect(table.rowCount).toBe(keys.length);
    await writeAll(`s3://${bucket}//at the root.csv`, Buffer.from('n\n1\n'));
    expect(await listS3Objects(connection, `s3://${bucket}//`)).toEqual([
      `s3://${bucket}//at the root.csv`,
    ]);
  });

  test('has no deleted object of a versioned bucket under a prefix', async () => {
    const versioned = 'versioned';
    const base = named ?? server!.endpoint;
    expect((await fetch(`${base}/${versioned}`, { method: 'PUT' })).ok).toBe(true);
    const body =
      '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>';
    expect((await fetch(`${base}/${versioned}?versioning`, { method: 'PUT', body })).ok).toBe(true);
    const uris = ['a', 'b'].map((name) => `s3://${versioned}/p/${name}.csv`);
    for (const uri of uris) await writeAll(uri, Buffer.from('n\n1\n'));
    await writeAll(uris[0]!, Buffer.from('n\n1\n2\n3\n'));
    await connection.delete(parseS3Uri(uris[1]!));
    expect(await listS3Objects(connection, `s3://${versioned}/p/`)).toEqual([uris[0]]);
    const { table } = await s3TableSource(connection, `s3://${versioned}/p/`).read();
    expect(table.rowCount).toBe(3);
  });

  test('gives the rows of a prefix with more objects than a page of a listing holds', async () => {
    const parts = process.env['GNU_MLOPS_INTEROP_FULL'] === '1' ? 5000 : 1050;
    const prefix = `s3://${bucket}/many/`;
    const numbers = Array.from({ length: parts }, (_, n) => n);
    const waiting = [...numbers];
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let n = waiting.pop(); n !== undefined; n = waiting.pop()) {
          const uri = `${prefix}part-${String(n).padStart(5, '0')}.csv`;
          await writeAll(uri, Buffer.from(`n\n${n}\n`));
        }
      }),
    );
    const { table } = await s3TableSource(connection, prefix).read();
    expect(table.columns.get('n')).toMatchObject({ values: Float64Array.from(numbers) });
  });

  test('says what is missing', async () => {
    await expect(readAll(`s3://${bucket}/no-such-key`)).rejects.toMatchObject({
      code: 'DATA_S3_NOT_FOUND',
      missing: 'object',
    });
    // Not every server tells a missing bucket from a missing object.
    await expect(readAll('s3://no-such-bucket/key')).rejects.toMatchObject({
      code: 'DATA_S3_NOT_FOUND',
    });
    const empty = s3TableSource(connection, `s3://${bucket}/nothing-here/`);
    await expect(empty.read()).rejects.toMatchObject({ code: 'DATA_S3_NOT_FOUND' });
  });
});
