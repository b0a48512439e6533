import { temporaryFolder } from '@gnu-mlops/test-kit';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAtomicFile } from '../src/atomic-file.ts';
import { removeStaleTemporaryFiles } from '../src/remove-stale-temporary-files.ts';
import { temporaryName } from '../src/temporary-name.ts';

const now = Date.UTC(2026, 0, 1);
const uuid = '6c84fb90-12c4-11e1-840d-7b25c5ee775a';

function put(folder: string, name: string, ageMs: number): void {
  const path = join(folder, name);
  writeFileSync(path, 'x');
  utimesSync(path, (now - ageMs) / 1000, (now - ageMs) / 1000);
}

describe('removeStaleTemporaryFiles', () => {
  it('removes old temporary files of atomic writers, and nothing else', async () => {
    const folder = temporaryFolder();
    const stale = temporaryName('out.csv', uuid);
    const fresh = temporaryName('other.csv', uuid);
    put(folder, stale, 3_600_001);
    put(folder, fresh, 1000);
    put(folder, 'out.csv', 9e9);
    put(folder, '.hidden.gnu-mlops-tmp', 9e9);
    const removed = await removeStaleTemporaryFiles(folder, { now, olderThanMs: 3_600_000 });
    expect(removed).toEqual([stale]);
    expect(readdirSync(folder).sort()).toEqual(['.hidden.gnu-mlops-tmp', fresh, 'out.csv'].sort());
  });

  it('removes the file of a writer that neither committed nor aborted', async () => {
    const folder = temporaryFolder();
    const file = await openAtomicFile(join(folder, 'out.csv'));
    const options = { now: Date.now() + 60_000, olderThanMs: 1000 };
    expect(await removeStaleTemporaryFiles(folder, options)).toHaveLength(1);
    await file.abort();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('throws DATA_FILE_NOT_FOUND for a folder that is not there', async () => {
    const folder = join(temporaryFolder(), 'nowhere');
    await expect(removeStaleTemporaryFiles(folder, { now, olderThanMs: 1 })).rejects.toMatchObject({
      code: 'DATA_FILE_NOT_FOUND',
    });
  });
});
