import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import {
  ArchiveFolderUnwritableError,
  FoldersOverlapError,
  InputFolderUnreadableError,
  OutputFolderUnwritableError,
} from '../src/errors.ts';
import { prepareFolders } from '../src/prepare-folders.ts';

function scene() {
  const root = temporaryFolder();
  const inputFolder = join(root, 'in');
  mkdirSync(inputFolder);
  writeFileSync(join(root, 'file'), '');
  return {
    root,
    options: {
      inputFolder,
      outputFolder: join(root, 'made', 'out'),
      archiveFolder: join(root, 'archive'),
      archiveInput: true,
    },
  };
}

describe('prepareFolders', () => {
  it('makes the output and archive folders and leaves nothing in them', async () => {
    const { options } = scene();

    const folders = await prepareFolders(options);

    expect(readdirSync(folders.output)).toEqual([]);
    expect(readdirSync(folders.archive!)).toEqual([]);
  });

  it('makes no archive folder that is not going to be used', async () => {
    const { options } = scene();

    const folders = await prepareFolders({ ...options, archiveInput: false });

    expect(folders.archive).toBeUndefined();
    expect(existsSync(options.archiveFolder)).toBe(false);
  });

  it('throws BATCH_INPUT_FOLDER_UNREADABLE for an input folder that is not there', async () => {
    const { root, options } = scene();
    const inputFolder = join(root, 'absent');

    await expect(prepareFolders({ ...options, inputFolder })).rejects.toMatchObject({
      code: InputFolderUnreadableError.code,
      folder: inputFolder,
    });
  });

  it('throws a coded error for a folder that cannot be written to', async () => {
    const { root, options } = scene();
    const folder = join(root, 'file', 'folder');

    await expect(prepareFolders({ ...options, outputFolder: folder })).rejects.toMatchObject({
      code: OutputFolderUnwritableError.code,
      folder,
    });
    await expect(prepareFolders({ ...options, archiveFolder: folder })).rejects.toMatchObject({
      code: ArchiveFolderUnwritableError.code,
      folder,
    });
  });

  it('throws BATCH_FOLDERS_OVERLAP when two folders are one, by a link too', async () => {
    const { root, options } = scene();
    symlinkSync(options.inputFolder, join(root, 'link'));
    const overlaps = [
      { outputFolder: options.inputFolder },
      { outputFolder: join(root, 'link') },
      { archiveFolder: options.inputFolder },
      { archiveFolder: options.outputFolder },
    ];

    for (const overlap of overlaps) {
      await expect(prepareFolders({ ...options, ...overlap })).rejects.toMatchObject({
        code: FoldersOverlapError.code,
      });
    }
  });
});
