import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { type ArchiveOutcome, archiveFile } from '../src/archive-file.ts';
import { type FileIdentity, readFileIdentity } from '../src/file-identity.ts';
import { folderOnOtherDevice, hasOtherDevice } from './support/other-device.ts';

async function scene(content = 'x\n1\n') {
  const folder = temporaryFolder();
  const archive = join(folder, 'archive');
  mkdirSync(archive);
  const path = join(folder, 'a.csv');
  writeFileSync(path, content);
  return { path, archive, identity: (await readFileIdentity(path))! };
}

/** Archive a file as a.csv; what copies it has a name of its own for the copy. */
function archiveTo(archive: string, identity: FileIdentity): Promise<ArchiveOutcome> {
  return archiveFile(identity, join(archive, 'a.csv'), join(archive, `.${randomUUID()}.tmp`));
}

describe('archiveFile', () => {
  it('moves the file', async () => {
    const { path, archive, identity } = await scene();

    expect(await archiveTo(archive, identity)).toBe('archived');

    expect(existsSync(path)).toBe(false);
    expect(readFileSync(join(archive, 'a.csv'), 'utf8')).toBe('x\n1\n');
  });

  it('overwrites no archived file of that name', async () => {
    const { path, archive, identity } = await scene();
    writeFileSync(join(archive, 'a.csv'), 'older');

    expect(await archiveTo(archive, identity)).toBe('taken');

    expect(readFileSync(join(archive, 'a.csv'), 'utf8')).toBe('older');
    expect(existsSync(path)).toBe(true);
  });

  it('leaves a file that has taken the place of the scored one', async () => {
    const { path, archive, identity } = await scene();
    writeFileSync(path, 'x\n1\n2\n');

    expect(await archiveTo(archive, identity)).toBe('replaced');

    expect(readFileSync(path, 'utf8')).toBe('x\n1\n2\n');
    expect(readdirSync(archive)).toEqual([]);
  });

  it('goes on after a crash between taking the name and moving', async () => {
    const { path, archive, identity } = await scene();
    writeFileSync(join(archive, 'a.csv'), '');

    expect(await archiveTo(archive, identity)).toBe('archived');

    expect(readFileSync(join(archive, 'a.csv'), 'utf8')).toBe('x\n1\n');
    expect(existsSync(path)).toBe(false);
  });

  it('goes on after a crash between copying and deleting', async () => {
    const { path, archive, identity } = await scene();
    writeFileSync(join(archive, 'a.csv'), 'x\n1\n');

    expect(await archiveTo(archive, identity)).toBe('archived');

    expect(existsSync(path)).toBe(false);
    expect(readdirSync(archive)).toEqual(['a.csv']);
  });

  it('has nothing left to do for a file that is in the archive already', async () => {
    const { path, archive, identity } = await scene();
    await archiveTo(archive, identity);

    expect(await archiveTo(archive, identity)).toBe('archived');
    expect(existsSync(path)).toBe(false);
  });

  it.skipIf(!hasOtherDevice)('copies whole, keeping the time, to another device', async () => {
    const { path, identity } = await scene('x\n'.repeat(100_000));
    const modified = statSync(path).mtimeMs;
    const archive = folderOnOtherDevice();

    expect(await archiveTo(archive, identity)).toBe('archived');

    expect(readFileSync(join(archive, 'a.csv'), 'utf8')).toBe('x\n'.repeat(100_000));
    expect(Math.abs(statSync(join(archive, 'a.csv')).mtimeMs - modified)).toBeLessThan(1);
    expect(readdirSync(archive)).toEqual(['a.csv']);
    expect(existsSync(path)).toBe(false);
  });

  it('archives a file that two move at once', async () => {
    const { path, archive, identity } = await scene();

    const outcomes = await Promise.all([
      archiveTo(archive, identity),
      archiveTo(archive, identity),
    ]);

    expect(outcomes).toEqual(['archived', 'archived']);
    expect(readdirSync(archive)).toEqual(['a.csv']);
    expect(existsSync(path)).toBe(false);
  });

  it.skipIf(!hasOtherDevice)('archives a file that two copy to another device', async () => {
    const { path, identity } = await scene('x\n'.repeat(1_000_000));
    const archive = folderOnOtherDevice();

    const one = archiveTo(archive, identity);
    while (readdirSync(archive).length < 2) await setImmediate();
    const outcomes = await Promise.all([one, archiveTo(archive, identity)]);

    expect(outcomes).toEqual(['archived', 'archived']);
    expect(readdirSync(archive)).toEqual(['a.csv']);
    expect((await readFileIdentity(join(archive, 'a.csv')))!.digest).toBe(identity.digest);
    expect(existsSync(path)).toBe(false);
  });
});
