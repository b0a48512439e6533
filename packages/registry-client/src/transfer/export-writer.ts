import { randomUUID } from 'node:crypto';
import { lstat, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { checkArtifactPath } from '../artifact-path.ts';
import type { ArtifactContent } from '../entities.ts';
import { makeFolderDurably, withFileErrors } from '../offline/durable-files.ts';
import { syncFolder } from '../sqlite/sync-folder.ts';
import { writeDurably } from '../sqlite/write-durably.ts';
import { EXPORT_PATHS, type ExportManifest, type ExportedFile } from './export-layout.ts';
import { ExportExistsError } from './transfer-errors.ts';

/** Writes an export that appears under its name as a whole or not at all. */
export interface ExportWriter {
  /** Write one file; paths as in EXPORT_PATHS. */
  writeFile(path: string, content: ArtifactContent): Promise<ExportedFile>;
  /** Write a value as JSON that people can read. */
  writeJson(path: string, value: unknown): Promise<void>;
  /** Write the manifest and put the folder in its place. Returns the manifest. */
  commit(about: Omit<ExportManifest, 'files'>): Promise<ExportManifest>;
  /** Remove what was written. After `commit` it does nothing. */
  abort(): Promise<void>;
}

/**
 * Begin an export. It is written to a folder beside its place, `.<name>.<random>.partial`, which a
 * process that dies leaves behind.
 *
 * @throws {ExportExistsError} when something is at its place.
 * @throws {DiskFullError | StoreUnavailableError} also in the methods.
 */
export async function openExportWriter(folder: string): Promise<ExportWriter> {
  const place = resolve(folder);
  const partial = join(dirname(place), partialName(basename(place)));
  const files: ExportedFile[] = [];
  const madeFolders = new Set<string>();
  let isCommitted = false;

  async function writeWhole(path: string, content: ArtifactContent): Promise<ExportedFile> {
    checkArtifactPath(path);
    const target = join(partial, ...path.split('/'));
    madeFolders.add(dirname(target));
    await makeFolderDurably(dirname(target));
    return { path, ...(await writeDurably(target, content)) };
  }
  function writeFile(path: string, content: ArtifactContent): Promise<ExportedFile> {
    return withFileErrors(place, async () => {
      const file = await writeWhole(path, content);
      files.push(file);
      return file;
    });
  }

  if (await isThere(place)) throw new ExportExistsError(folder);
  await withFileErrors(place, () => makeFolderDurably(partial));
  return {
    writeFile,
    async writeJson(path, value) {
      await writeFile(path, new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`));
    },
    async commit(about) {
      files.sort((a, b) => (a.path < b.path ? -1 : 1));
      const manifest: ExportManifest = { ...about, files };
      const bytes = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
      return withFileErrors(place, async () => {
        await writeWhole(EXPORT_PATHS.manifest, bytes);
        for (const made of madeFolders) await syncFolder(made);
        if (await isThere(place)) throw new ExportExistsError(folder);
        await rename(partial, place);
        isCommitted = true;
        await syncFolder(dirname(place));
        return manifest;
      });
    },
    async abort() {
      if (!isCommitted) await rm(partial, { recursive: true, force: true });
    },
  };
}

/** As much of a long name as leaves room for the rest: file systems take 255 bytes. */
function partialName(name: string): string {
  const isLong = Buffer.byteLength(name) > 230;
  const stem = isLong ? [...name].slice(0, 50).join('') : name;
  return `.${stem}.${randomUUID().slice(0, 8)}.partial`;
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
