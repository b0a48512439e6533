import { temporaryFolder } from '@gnu-mlops/test-kit';
import { createRandom } from '@gnu-mlops/core';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { iterableReader } from '../src/byte-reader.ts';
import type { ByteSource } from '../src/byte-source.ts';
import { bytesSource } from '../src/file-source.ts';
import { digestTable } from '../src/digest-table.ts';
import { readCsv } from '../src/read-csv.ts';
import { readTexts, writeInto } from './read-texts.ts';

const text = `a,b\r\n${Array.from({ length: 3000 }, (_, i) => `${i},"x\n${i % 7}"`).join('\r\n')}`;

/** Two archives: what is behind the zeros is not unpacked, and must not get lost. */
function withZeros(count: number): Buffer {
  return Buffer.concat([gzipSync(text), Buffer.alloc(count), gzipSync('\r\n1,2')]);
}

/** Bytes from elsewhere, in pieces of awkward sizes. */
function piecewise(bytes: Uint8Array, name: string): ByteSource {
  const random = createRandom(1);
  async function* pieces() {
    for (let at = 0; at < bytes.length;) {
      const length = random.nextInt(5) === 0 ? 0 : 1 + random.nextInt(900);
      yield await Promise.resolve(bytes.subarray(at, at + length));
      at += length;
    }
  }
  return {
    name,
    open: () =>
      Promise.resolve({
        fingerprint: 'same',
        [Symbol.asyncIterator]: pieces,
        close: () => Promise.resolve(),
      }),
  };
}

describe('gzip', () => {
  it('is unpacked whatever the name, in windows of any size, and of several members', async () => {
    const plain = await readTexts(writeInto(temporaryFolder(), text));
    const half = text.length >> 1;
    const members = Buffer.concat([gzipSync(text.slice(0, half)), gzipSync(text.slice(half))]);
    for (const bytes of [gzipSync(text), members]) {
      const path = writeInto(temporaryFolder(), bytes);
      for (const chunkBytes of [1, 333, 65_536]) {
        expect(await readTexts(path, { chunkBytes })).toEqual(plain);
      }
    }
  });

  it.each([1, 512, 900_000])('may be filled up with %i zeros', async (count) => {
    const plain = await readTexts(writeInto(temporaryFolder(), text));
    const bytes = Buffer.concat([gzipSync(text), Buffer.alloc(count)]);
    expect(await readTexts(writeInto(temporaryFolder(), bytes))).toEqual(plain);
  });

  it('is read again where a column turns out to be strings', async () => {
    const path = writeInto(temporaryFolder(), gzipSync('a\n1\n2\nx\n'));
    const { table } = await readCsv(path);
    expect(table.columns.get('a')).toMatchObject({ dictionary: ['1', '2', 'x'] });
  });

  it.each([
    ['cut off', gzipSync(text).subarray(0, 5000)],
    ['damaged', Buffer.concat([gzipSync(text).subarray(0, 2000), Buffer.alloc(3000, 7)])],
    ['one of two, with zeros between them', withZeros(512)],
    ['one of two, with many zeros between them', withZeros(900_000)],
  ])('throws DATA_GZIP_INVALID naming an archive that is %s', async (_what, bytes) => {
    const path = writeInto(temporaryFolder(), bytes, 'x.csv.gz');
    await expect(readCsv(path)).rejects.toMatchObject({ code: 'DATA_GZIP_INVALID', source: path });
  });
});

describe('bytesSource', () => {
  it('reads bytes from elsewhere as it reads a file', async () => {
    const { table } = await readCsv(writeInto(temporaryFolder(), text));
    for (const bytes of [Buffer.from(text), gzipSync(text)]) {
      const source = bytesSource(piecewise(bytes, 'mem://bucket/x.csv'), { sourceType: 'mem' });
      expect(source).toMatchObject({ name: 'x.csv', uri: 'mem://bucket/x.csv', sourceType: 'mem' });
      const read = await source.read();
      expect(digestTable(read.table)).toBe(digestTable(table));
    }
  });

  it('throws DATA_OPTION_INVALID for Parquet without a folder to put it in', async () => {
    const source = bytesSource(piecewise(Buffer.from('PAR1'), 'mem://x.parquet'), {
      sourceType: 'mem',
    });
    await expect(source.read()).rejects.toMatchObject({ option: 'temporaryFolder' });
  });
});

describe('iterableReader', () => {
  it('hands out as many bytes as asked for, and 0 at the end', async () => {
    async function* pieces() {
      yield await Promise.resolve(Uint8Array.of(1, 2, 3));
      yield Uint8Array.of();
      yield Uint8Array.of(4);
    }
    const close = () => Promise.resolve();
    const reader = iterableReader(pieces(), { fingerprint: '', close });
    const target = new Uint8Array(3);
    expect(await reader.read(target, 1, 2)).toBe(2);
    expect([...target]).toEqual([0, 1, 2]);
    expect(await reader.read(target, 0, 3)).toBe(1);
    expect(await reader.read(target, 0, 3)).toBe(1);
    expect([...target]).toEqual([4, 1, 2]);
    expect(await reader.read(target, 0, 3)).toBe(0);
  });
});
