import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { archiveFile } from '../src/archive-file.ts';
import { readFileIdentity } from '../src/file-identity.ts';

const sharedMemory = '/dev/shm';
const hasOtherDevice =
  existsSync(sharedMemory) && statSync(sharedMemory).dev !== statSync(temporaryRoot()).dev;

function temporaryRoot(): string {
  return process.env['TMPDIR'] ?? '/tmp';
}

async function scene(content = 'x\n1\n') {
  const folder = temporaryFolder();
  const archive = join(folder, 'archive');
  mkdirSync(archive);
  const path = join(folder, 'a.csv');
  writeFileSync(path, content);
  return { path, archive, identity: (await readFileIdentity(path))! };
}

describe('archiveFile', () => {
  it('moves the file', async () => {
    const { path, archive, identity } = await scene();

    expect(await archiveFile(identity, join(archive, 'a.csv'))).toBe('archived');

    expect(existsSync(path)).toBe(false);
    expect(readFileSync(join(archive, 'a.csv'), 'utf8')).toBe('x\n1\n');
  });

  it('overwrites no archived file of that name', async () => {
    const { path, archive, identity } = await scene();
    writeFileSync(join(archive, 'a.csv'), 'older');

    expect(await archiveFile(identity, join(archive, 'a.csv'))).toBe('taken');

    expect(readFileSync(join(archive, 'a.csv'), 'utf8')).toBe('older');
    expect(existsSync(path)).toBe(true);
  });

  it('leaves a file that has taken the place of the scored one', async () => {
    const { path, archive, identity } = await scene();
    writeFileSync(path, 'x\n1\n2\n');

    expect(await archiveFile(identity, join(archive, 'a.csv'))).toBe('replaced');

    expect(readFileSync(path, 'utf8')).toBe('x\n1\n2\n');
    expect(readdirSync(archive)).toEqual([]);
  });

  it('goes on after a crash between taking the name and moving', async () => {
    const { path, archive, identity } = await scene();
    writeFileSync(join(archive, 'a.csv'), '');

    expect(await archiveFile(identity, join(archive, 'a.csv'))).toBe('archived');

    expect(readFileSync(join(archive, 'a.csv'), 'utf8')).toBe('x\n1\n');
    expect(existsSync(path)).toBe(false);
  });

  it('goes on after a crash between copying and deleting', async () => {
    const { path, archive, identity } = await scene();
    writeFileSync(join(archive, 'a.csv'), 'x\n1\n');

    expect(await archiveFile(identity, join(archive, 'a.csv'))).toBe('archived');

    expect(existsSync(path)).toBe(false);
    expect(readdirSync(archive)).toEqual(['a.csv']);
  });

  it('has nothing left to do for a file that is in the archive already', async () => {
    const { path, archive, identity } = await scene();
    await archiveFile(identity, join(archive, 'a.csv'));

    expect(await archiveFile(identity, join(archive, 'a.csv'))).toBe('archived');
    expect(existsSync(path)).toBe(false);
  });

  it.skipIf(!hasOtherDevice)('copies whole, keeping the time, to another device', async () => {
    const { path, identity } = await scene('x\n'.repeat(100_000));
    const modified = statSync(path).mtimeMs;
    const archive = mkdtempSync(join(sharedMemory, 'gnu-mlops-test-'));
    onTestFinished(() => rmSync(archive, { recursive: true }));

    expect(await archiveFile(identity, join(archive, 'a.csv'))).toBe('archived');

    expect(readFileSync(join(archive, 'a.csv'), 'utf8')).toBe('x\n'.repeat(100_000));
    expect(Math.abs(statSync(join(archive, 'a.csv')).mtimeMs - modified)).toBeLessThan(1);
    expect(readdirSync(archive)).toEqual(['a.csv']);
    expect(existsSync(path)).toBe(false);
  });
});
