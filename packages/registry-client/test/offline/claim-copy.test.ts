import { readdirSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { type NoteFiles, claimCopy, readClaim } from '../../src/offline/claim-copy.ts';

/** A file system that refuses links. */
function withoutLinks(code: string): NoteFiles {
  return { link: () => Promise.reject(refusal(code)), open };
}

function refusal(code: string): Error {
  return Object.assign(new Error(`${code}: refused, link`), { code, syscall: 'link' });
}

const codes = ['EPERM', 'ENOTSUP', 'ENOSYS', 'EISDIR', 'EMLINK'];

it.each(codes)('notes one of many copies where links are refused by %s', async (code) => {
  const files = withoutLinks(code);
  const folder = temporaryFolder();
  const path = join(folder, 'synced-abc.json');

  const ids = Array.from({ length: 20 }, (_, i) => `run-${i}`);
  const chosen = await Promise.all(ids.map((runId) => claimCopy(path, { runId }, files)));

  expect(new Set(chosen).size).toBe(1);
  expect(await readClaim(path)).toBe(chosen[0]);
  expect(await claimCopy(path, { runId: 'later' }, files)).toBe(chosen[0]);
  expect(readdirSync(folder)).toEqual(['synced-abc.json']);
});

it('waits for a note that somebody else is about to finish', async () => {
  const path = join(temporaryFolder(), 'synced-abc.json');
  writeFileSync(path, '{"run');
  const reading = readClaim(path);
  setTimeout(() => writeFileSync(path, '{"runId":"a"}\n'), 60);
  expect(await reading).toBe('a');
});

it('leaves no half note behind when the disk is full', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'synced-abc.json');
  const files: NoteFiles = {
    ...withoutLinks('EPERM'),
    async open(file, flags) {
      const opened = await open(file, flags);
      opened.sync = () => Promise.reject(refusal('ENOSPC'));
      return opened;
    },
  };
  await expectCode(claimCopy(path, { runId: 'a' }, files), 'REGISTRY_DISK_FULL');
  expect(readdirSync(folder)).toEqual([]);
  expect(await claimCopy(path, { runId: 'b' }, withoutLinks('EPERM'))).toBe('b');
});

it('throws what else a link is refused by', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'synced-abc.json');
  const claiming = claimCopy(path, { runId: 'a' }, withoutLinks('EROFS'));
  await expectCode(claiming, 'REGISTRY_STORE_UNAVAILABLE');
  expect(readdirSync(folder)).toEqual([]);
});
