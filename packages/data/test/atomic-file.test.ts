import { SOURCE_FLAGS, temporaryFolder } from '@gnu-mlops/test-kit';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAtomicFile, writeFileAtomic } from '../src/atomic-file.ts';
import { isTemporaryName } from '../src/temporary-name.ts';

describe('openAtomicFile', () => {
  it('shows nothing under the name before commit, and all of it afterwards', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'out.csv');
    const file = await openAtomicFile(path);
    await file.write('a,b\n');
    await file.write(Buffer.from('1,é\n'));
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(folder).every(isTemporaryName)).toBe(true);
    await file.commit();
    expect(readFileSync(path, 'utf8')).toBe('a,b\n1,é\n');
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('leaves what stood there before, and no trace, when aborted', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'out.csv');
    writeFileSync(path, 'before');
    const file = await openAtomicFile(path);
    await file.write('after');
    await file.abort();
    await file.abort();
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('does nothing when aborted after commit', async () => {
    const path = join(temporaryFolder(), 'out.csv');
    const file = await openAtomicFile(path);
    await file.write('kept');
    await file.commit();
    await file.abort();
    expect(readFileSync(path, 'utf8')).toBe('kept');
  });

  it('lets writers of one file work at the same time: one of them wins as a whole', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'out.txt');
    const contents = Array.from({ length: 20 }, (_, i) => String(i).repeat(100_000));
    await Promise.all(contents.map((content) => writeFileAtomic(path, content)));
    expect(contents.includes(readFileSync(path, 'utf8'))).toBe(true);
    expect(readdirSync(folder)).toEqual(['out.txt']);
  });

  it('leaves only a recognisable temporary file when its process is killed', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'out.csv');
    writeFileSync(path, 'before');
    const source = JSON.stringify(new URL('../src/atomic-file.ts', import.meta.url).href);
    const script = `
      const { openAtomicFile } = await import(${source});
      const file = await openAtomicFile(${JSON.stringify(path)});
      await file.write('half of it');
      process.kill(process.pid, 'SIGKILL');`;
    const flags = [...SOURCE_FLAGS, '--input-type=module', '--eval', script];
    expect(spawnSync(process.execPath, flags).signal).toBe('SIGKILL');
    expect(readFileSync(path, 'utf8')).toBe('before');
    const left = readdirSync(folder).filter((name) => name !== 'out.csv');
    expect(left).toHaveLength(1);
    expect(isTemporaryName(left[0]!)).toBe(true);
  });

  it('keeps the permissions of the file that it replaces', async () => {
    const path = join(temporaryFolder(), 'secret.txt');
    writeFileSync(path, 'before');
    chmodSync(path, 0o600);
    await writeFileAtomic(path, 'after');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('replaces what a symbolic link points to', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real', 'a.txt'), 'before');
    symlinkSync(join('real', 'a.txt'), join(folder, 'link'));
    await writeFileAtomic(join(folder, 'link'), 'after');
    expect(readlinkSync(join(folder, 'link'))).toBe(join('real', 'a.txt'));
    expect(readFileSync(join(folder, 'real', 'a.txt'), 'utf8')).toBe('after');
  });

  it('makes what a symbolic link to nothing points to, from the folder that the link lies in', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'real', 'deep'), { recursive: true });
    symlinkSync(join(folder, 'real', 'deep'), join(folder, 'short'));
    symlinkSync(join('..', 'a.txt'), join(folder, 'real', 'deep', 'link'));
    await writeFileAtomic(join(folder, 'short', 'link'), 'new');
    expect(readFileSync(join(folder, 'real', 'a.txt'), 'utf8')).toBe('new');
    expect(readFileSync(join(folder, 'short', 'link'), 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['real', 'short']);
  });

  it('takes file names as long as the file system does', async () => {
    const path = join(temporaryFolder(), '😀'.repeat(60));
    await writeFileAtomic(path, 'x');
    expect(readFileSync(path, 'utf8')).toBe('x');
  });

  it('throws DATA_FOLDER_NOT_FOUND and DATA_NOT_A_FILE naming the path', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'nowhere', 'out.csv');
    await expect(openAtomicFile(path)).rejects.toMatchObject({
      code: 'DATA_FOLDER_NOT_FOUND',
      message: expect.stringContaining(path),
    });
    await expect(writeFileAtomic(folder, 'x')).rejects.toMatchObject({
      code: 'DATA_NOT_A_FILE',
      message: expect.stringContaining(folder),
    });
  });
});
