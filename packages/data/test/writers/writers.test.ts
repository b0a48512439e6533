import { temporaryFolder } from '@gnu-mlops/test-kit';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSampleTable } from '../../src/sample/create-sample-table.ts';
import { digestTable } from '../../src/digest-table.ts';
import { openTableWriter, writeTable } from '../../src/open-table-writer.ts';
import { readTable } from '../../src/read-table.ts';
import { removeStaleTemporaryFiles } from '../../src/remove-stale-temporary-files.ts';
import { isTemporaryName } from '../../src/temporary-name.ts';
import { writeInChild } from './write-in-child.ts';

const names = ['a.csv', 'a.csv.gz', 'a.jsonl', 'a.parquet', 'a.arrow', 'a.arrows'];
const [first, second] = [1, 2].map(
  (seed) => createSampleTable({ kind: 'churn', rows: 1000, seed }).table,
) as [ReturnType<typeof createSampleTable>['table'], ReturnType<typeof createSampleTable>['table']];

async function digestOf(path: string): Promise<string> {
  return digestTable((await readTable(path)).table);
}

/** A folder with a file under each name, and those names as paths. */
function oldFiles(): { readonly folder: string; readonly paths: readonly string[] } {
  const folder = temporaryFolder();
  const paths = names.map((name) => join(folder, name));
  for (const path of paths) writeFileSync(path, 'before');
  return { folder, paths };
}

function expectOldFiles(folder: string): void {
  expect(readdirSync(folder).sort()).toEqual([...names].sort());
  for (const name of names) expect(readFileSync(join(folder, name), 'utf8')).toBe('before');
}

describe('two writers of one file at once', () => {
  test.each(names)('leave %s as the last one wrote it, whole', async (name) => {
    const folder = temporaryFolder();
    const path = join(folder, name);
    const [one, other] = [await openTableWriter(path), await openTableWriter(path)];
    await Promise.all([one.write(first), other.write(second)]);
    await Promise.all([one.write(first), other.write(second)]);
    await other.commit();
    expect((await readTable(path)).table.rowCount).toBe(2000);
    await one.commit();
    await Promise.all([one.abort(), other.abort()]);
    expect(readdirSync(folder)).toEqual([name]);
    const expected = join(folder, `expected-${name}`);
    const alone = await openTableWriter(expected);
    await alone.write(first);
    await alone.write(first);
    await alone.commit();
    expect(readFileSync(path).equals(readFileSync(expected))).toBe(true);
  });
});

/** Runs a command that may mount disks which nobody else sees. */
const unshared = 'unshare --map-root-user --mount';

describe('a disk that is full', () => {
  const hasNoMount = isImpossible(
    `${unshared} mount -t tmpfs tmpfs ${tmpdir()}`,
    'no disk can be mounted',
  );
  const hasNoLimit = isImpossible('ulimit -f 20', 'the size of files cannot be limited');

  test.skipIf(hasNoLimit)('throws DATA_FILE_ACCESS_FAILED, and what stood there stays', () => {
    const { folder, paths } = oldFiles();
    const within = 'ulimit -f 20; exec "$@"';
    const { outcomes } = writeInChild(paths, { within });
    for (const [index, path] of paths.entries()) {
      expect(outcomes[index]).toEqual({
        error: expect.stringContaining(`DATA_FILE_ACCESS_FAILED: "${path}"`) as string,
      });
    }
    expectOldFiles(folder);
  });

  test.skipIf(hasNoMount)('throws the same when there is no room left, and frees it', () => {
    const [folder, listing] = [temporaryFolder(), join(temporaryFolder(), 'left')];
    const paths = names.map((name) => join(folder, name));
    const within = `mount -t tmpfs -o size=40k tmpfs ${folder}; "$@"; ls -A ${folder} > ${listing}`;
    const { outcomes } = writeInChild(paths, { within: `${unshared} sh -c '${within}' sh "$@"` });
    expect(readFileSync(listing, 'utf8')).toBe('');
    expect(outcomes).toHaveLength(names.length);
    for (const outcome of outcomes) {
      expect(outcome).toEqual({
        error: expect.stringMatching(/^DATA_FILE_ACCESS_FAILED: .*ENOSPC/) as string,
      });
    }
  });
});

describe('a process that is killed with rows written', () => {
  test('leaves every file as it was, and others that can be cleared away', async () => {
    const { folder, paths } = oldFiles();
    expect(writeInChild(paths, { isKilled: true }).signal).toBe('SIGKILL');
    for (const path of paths) expect(readFileSync(path, 'utf8')).toBe('before');
    const left = readdirSync(folder).filter((name) => !names.includes(name));
    expect(left).toHaveLength(names.length);
    expect(left.every(isTemporaryName)).toBe(true);
    for (const path of paths) {
      await writeTable(path, first);
      expect(await digestOf(path)).toBe(digestTable(first));
    }
    const inAnHour = Date.now() + 3_600_000;
    await removeStaleTemporaryFiles(folder, { now: inAnHour, olderThanMs: 60_000 });
    expect(readdirSync(folder).sort()).toEqual([...names].sort());
  });
});

describe('a folder that may not be written to', () => {
  test('throws DATA_FILE_FORBIDDEN before any row is written, and what is there stays', () => {
    const { folder, paths } = oldFiles();
    chmodSync(folder, 0o555);
    // Permissions mean nothing to root, who becomes nobody for this.
    const isRoot = process.getuid!() === 0;
    const { outcomes } = writeInChild(paths, isRoot ? { uid: 65_534 } : {});
    chmodSync(folder, 0o755);
    for (const [index, path] of paths.entries()) {
      expect(outcomes[index]).toEqual({
        error: expect.stringContaining(
          `DATA_FILE_FORBIDDEN: No permission to write "${path}"`,
        ) as string,
      });
    }
    expectOldFiles(folder);
  });
});

describe('what is no file', () => {
  test.each(names)('is refused with DATA_NOT_A_FILE: a folder %s', async (name) => {
    const folder = temporaryFolder();
    const path = join(folder, name);
    mkdirSync(path);
    await expect(openTableWriter(path)).rejects.toMatchObject({ code: 'DATA_NOT_A_FILE', path });
    expect(readdirSync(folder)).toEqual([name]);
  });

  test.skipIf(process.platform === 'win32')(
    'is refused and not replaced: a pipe, a device',
    async () => {
      const pipe = join(temporaryFolder(), 'pipe.csv');
      expect(spawnSync('sh', ['-c', 'mkfifo "$0"', pipe]).status).toBe(0);
      const link = join(temporaryFolder(), 'null.csv');
      symlinkSync('/dev/null', link);
      for (const path of [pipe, link]) {
        await expect(openTableWriter(path)).rejects.toMatchObject({
          code: 'DATA_NOT_A_FILE',
          path,
        });
      }
      expect(lstatSync(pipe).isFIFO()).toBe(true);
      expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
    },
  );
});

describe('a symbolic link', () => {
  test.each(names)('stays, and what it points to is replaced: %s', async (name) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'real'));
    const target = join(folder, 'real', name);
    writeFileSync(target, 'before');
    symlinkSync(join('real', name), join(folder, name));
    await writeTable(join(folder, name), first);
    expect(readlinkSync(join(folder, name))).toBe(join('real', name));
    expect(await digestOf(target)).toBe(digestTable(first));
    expect(readdirSync(join(folder, 'real'))).toEqual([name]);
  });

  test('to a file that is not there yet makes that file, by way of other links too', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'real'));
    symlinkSync(join('real', 'a.csv'), join(folder, 'one.csv'));
    symlinkSync('one.csv', join(folder, 'two.csv'));
    await writeTable(join(folder, 'two.csv'), first);
    expect(readdirSync(folder).sort()).toEqual(['one.csv', 'real', 'two.csv']);
    expect(lstatSync(join(folder, 'two.csv')).isSymbolicLink()).toBe(true);
    expect(await digestOf(join(folder, 'real', 'a.csv'))).toBe(digestTable(first));
  });

  test('that leads nowhere is an error that names it, and stays', async () => {
    const folder = temporaryFolder();
    const [gone, circle] = [join(folder, 'gone.csv'), join(folder, 'circle.csv')];
    symlinkSync(join('no', 'such', 'folder.csv'), gone);
    symlinkSync('circle.csv', circle);
    await expect(writeTable(gone, first)).rejects.toMatchObject({
      code: 'DATA_FOLDER_NOT_FOUND',
      path: gone,
    });
    await expect(writeTable(circle, first)).rejects.toMatchObject({
      code: 'DATA_FILE_ACCESS_FAILED',
      path: circle,
    });
    expect(readdirSync(folder).sort()).toEqual(['circle.csv', 'gone.csv']);
  });
});

/** Whether a command does not work here, and with that a test; says why it is skipped. */
function isImpossible(command: string, reason: string): boolean {
  const { status } = spawnSync('sh', ['-c', command]);
  if (status !== 0) console.warn(`A test of a full disk is skipped: ${reason}.`);
  return status !== 0;
}
