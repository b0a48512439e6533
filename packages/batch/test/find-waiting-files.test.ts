import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { InputFolderUnreadableError } from '../src/errors.ts';
import { findWaitingFiles } from '../src/find-waiting-files.ts';

describe('findWaitingFiles', () => {
  it('lists files of tables by name and leaves everything else out', async () => {
    const folder = temporaryFolder();
    const waiting = ['B.CSV', 'a.arrow', 'a.csv', 'a.csv.gz', 'a.jsonl', 'a.parquet', 'ü.csv'];
    const others = [
      ...['.hidden.csv', '.~lock.a.csv#', '~$a.csv', 'a.csv.part', 'a.part.csv', 'a.tmp.csv'],
      ...['a.csv~', 'notes.txt', 'csv', 'a.gz', 'a.part.jsonl', 'a.tmp.csv.gz'],
    ];
    for (const name of [...waiting, ...others]) writeFileSync(join(folder, name), 'x\n1\n');
    mkdirSync(join(folder, 'folder.csv'));
    symlinkSync(join(folder, 'a.csv'), join(folder, 'link.csv'));

    expect(await findWaitingFiles(folder)).toEqual(waiting);
  });

  it('throws BATCH_INPUT_FOLDER_UNREADABLE naming a folder that is not there', async () => {
    const folder = join(temporaryFolder(), 'absent');

    const listing = findWaitingFiles(folder);

    await expect(listing).rejects.toMatchObject({ code: InputFolderUnreadableError.code, folder });
    await expect(listing).rejects.toThrow(folder);
  });
});
