import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type Download, resumeStream } from '../src/resume-stream.ts';

const content = Buffer.from('0123456789');

/** The content from a byte on, that breaks off before another. */
function download(from: number, about: Partial<Download> & { readonly until?: number }): Download {
  const { until = content.length, ...rest } = about;
  async function* send() {
    yield await Promise.resolve(content.subarray(from, until));
    if (until < content.length) throw new Error('reset');
  }
  const body = Readable.from(send());
  return { body, from, sizeBytes: content.length, fingerprint: 'a', ...rest };
}

async function readAll(first: Download, get: (offset: number) => Download): Promise<string> {
  const stream = resumeStream(first, {
    name: 'x',
    get: (offset) => Promise.resolve(get(offset)),
    maxAttempts: 3,
    unavailable: (reason) => new Error(reason),
    signal: undefined,
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('a download that breaks off', () => {
  it('is taken up where it broke', async () => {
    const read = readAll(download(0, { until: 4 }), (offset) => download(offset, {}));
    expect(await read).toBe('0123456789');
  });

  it('is taken up where the server says only then how long it is', async () => {
    const first = download(0, { until: 4, sizeBytes: undefined });
    expect(await readAll(first, (offset) => download(offset, {}))).toBe('0123456789');
  });

  it.each([
    ['it has another name', {}, { fingerprint: 'b' }],
    ['it has another length', {}, { sizeBytes: 11 }],
    [
      'nothing tells that it is the same',
      { sizeBytes: undefined, fingerprint: '' },
      { fingerprint: '' },
    ],
  ])('is DATA_FILE_CHANGED where %s', async (_, before, after) => {
    const read = readAll(download(0, { until: 4, ...before }), (offset) => download(offset, after));
    await expect(read).rejects.toMatchObject({ code: 'DATA_FILE_CHANGED' });
  });
});
