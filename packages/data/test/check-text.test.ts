import { gzipSync } from 'node:zlib';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { readTexts, writeInto } from './read-texts.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('checkText', () => {
  it('throws DATA_CSV_ENCODING naming path and line for bytes that are not UTF-8', async () => {
    const path = writeInto(temporaryFolder(), latin1('name,n\nJos,1\r\nM\xfcller,2\nx,3\n'));
    for (const chunkBytes of [1, 7, 16, 1000]) {
      await expect(readTexts(path, { chunkBytes })).rejects.toMatchObject({
        code: 'DATA_CSV_ENCODING',
        message: expect.stringContaining(`"${path}", line 3: bytes that are not UTF-8`),
        line: 3,
      });
    }
  });

  it('throws DATA_CSV_ENCODING naming path and line for a NUL byte', async () => {
    const path = writeInto(temporaryFolder(), 'a,b\n1,2\n\n3,\0\n');
    for (const chunkBytes of [1, 5, 1000]) {
      await expect(readTexts(path, { chunkBytes })).rejects.toMatchObject({
        code: 'DATA_CSV_ENCODING',
        message: expect.stringMatching(/line 4: a NUL byte/),
      });
    }
  });

  it('throws for a character that the end of the file cuts off', async () => {
    const path = writeInto(temporaryFolder(), Buffer.from('a,b\n1,é').subarray(0, -1));
    for (const chunkBytes of [1, 1000]) {
      await expect(readTexts(path, { chunkBytes })).rejects.toMatchObject({ line: 2 });
    }
  });

  it('passes characters of one to four bytes, wherever chunks end', async () => {
    const path = writeInto(temporaryFolder(), 'a,b\naé€😀,😀€éa\n');
    for (let chunkBytes = 1; chunkBytes < 30; chunkBytes++) {
      expect((await readTexts(path, { chunkBytes })).rows[1]).toEqual(['aé€😀', '😀€éa']);
    }
  });

  it.each([
    ['UTF-16 text', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le')],
    ['a gzip archive', gzipSync(gzipSync('a,b\n1,2\n'))],
    ['a zip archive (an Excel workbook is one)', Buffer.from('PK\x03\x04\x14\0\0')],
    ['a Parquet file', Buffer.from('PAR1\x15\0\x15\0')],
  ])('says that a file is %s', async (kind, bytes) => {
    const path = writeInto(temporaryFolder(), bytes);
    await expect(readTexts(path)).rejects.toMatchObject({
      code: 'DATA_CSV_ENCODING',
      message: expect.stringContaining(`line 1: this is ${kind}`),
    });
  });
});
