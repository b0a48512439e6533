import { existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { OutputWriteError } from '../src/errors.ts';
import { createOutputFile, temporaryPath } from '../src/output-file.ts';

const encode = (text: string) => new TextEncoder().encode(text);

describe('createOutputFile', () => {
  it('shows nothing under the final name before it is published', async () => {
    const path = join(temporaryFolder(), 'out.csv');
    const file = await createOutputFile(path, 'token');
    await file.write(encode('a\n'));
    await file.write(encode('1\n'));
    await file.finish();
    expect(existsSync(path)).toBe(false);
    expect(readFileSync(temporaryPath(path, 'token'), 'utf8')).toBe('a\n1\n');

    expect(file.publish(path, 'keep')).toBe(true);
    await file.discard();

    expect(readFileSync(path, 'utf8')).toBe('a\n1\n');
    expect(existsSync(temporaryPath(path, 'token'))).toBe(false);
  });

  it('replaces a file that has the name, or lets it stay, as it is told', async () => {
    const path = join(temporaryFolder(), 'out.csv');
    writeFileSync(path, 'older');
    const file = await createOutputFile(path, 'token');
    await file.write(encode('a\n'));
    await file.finish();

    expect(file.publish(path, 'keep')).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('older');

    expect(file.publish(path, 'replace')).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('a\n');
  });

  it('takes the name of a link that leads nowhere', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'out.csv');
    symlinkSync(join(folder, 'nowhere'), path);
    const file = await createOutputFile(path, 'token');
    await file.finish();

    expect(file.publish(path, 'keep')).toBe(true);
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('leaves nothing behind when it is discarded', async () => {
    const folder = temporaryFolder();
    const file = await createOutputFile(join(folder, 'out.csv'), 'token');
    await file.write(encode('a\n'));

    await file.discard();

    expect(readdirSync(folder)).toEqual([]);
  });

  it('writes to a hidden file', () => {
    const path = temporaryPath('/out/a.csv', 'token');
    expect(basename(path).startsWith('.')).toBe(true);
  });

  it('throws BATCH_OUTPUT_WRITE_FAILED naming the path', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const path = join(folder, 'file', 'out.csv');

    await expect(createOutputFile(path, 'token')).rejects.toMatchObject({
      code: OutputWriteError.code,
      path,
    });
  });
});
