import { appendFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { isUnchanged, readFileIdentity } from '../src/file-identity.ts';

function newFile(content: string): string {
  const path = join(temporaryFolder(), 'a.csv');
  writeFileSync(path, content);
  return path;
}

describe('readFileIdentity', () => {
  it('knows path, size, time and SHA-256', async () => {
    const path = newFile('abc');

    const identity = await readFileIdentity(path);

    expect(identity).toEqual({
      path,
      sizeBytes: 3,
      mtimeNs: String(statSync(path, { bigint: true }).mtimeNs),
      digest: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    });
  });

  it('reads files of more than one buffer whole', async () => {
    const path = newFile('x'.repeat(3_000_000));
    const other = newFile(`${'x'.repeat(2_999_999)}y`);

    expect((await readFileIdentity(path))!.digest).not.toBe(
      (await readFileIdentity(other))!.digest,
    );
  });

  it('stops when it is asked to', async () => {
    await expect(readFileIdentity(newFile('abc'), AbortSignal.abort())).rejects.toThrow();
  });
});

describe('isUnchanged', () => {
  it('holds until the file is written to, touched or removed', async () => {
    const path = newFile('abc');
    const before = (await readFileIdentity(path))!;
    expect(await isUnchanged(before)).toBe(true);

    utimesSync(path, 1, 1);
    expect(await isUnchanged(before)).toBe(false);

    const touched = (await readFileIdentity(path))!;
    appendFileSync(path, 'd');
    expect(await isUnchanged(touched)).toBe(false);

    rmSync(path);
    expect(await isUnchanged(touched)).toBe(false);
  });
});
