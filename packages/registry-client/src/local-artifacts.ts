import { randomUUID } from 'node:crypto';
import { lstat, open, readFile, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checkArtifactPath } from './artifact-path.ts';
import type { Artifact } from './entities.ts';
import { ArtifactNotFoundError, ArtifactPathError } from './errors.ts';
import { makeFolder } from './make-folder.ts';
import type { RunFolder } from './model-source.ts';
import { translateFileError } from './sqlite/sqlite-errors.ts';

/** The place of one run's artifacts. */
export interface RunPlace {
  readonly experimentId: string;
  readonly runId: string;
}

/** Artifacts in folders on this machine: `<root>/<experiment>/<run>/artifacts/...`. */
export interface LocalArtifacts {
  experimentUri(experimentId: string): string;
  runUri(place: RunPlace): string;
  /** The run and folder that a `file:` URL or a path of these artifacts names, if it does. */
  locate(source: string): RunFolder | undefined;
  /** Write one file whole: it is there completely or not at all, also after a loss of power. */
  write(place: RunPlace, path: string, content: Uint8Array): Promise<void>;
  read(place: RunPlace, path: string): Promise<Uint8Array>;
  /** The entries right below a folder, sorted by path; none when there is no such folder. */
  list(place: RunPlace, folder: string | undefined): Promise<Artifact[]>;
}

/** Keep artifacts below `root`, an absolute path; folders are made when they are written to. */
export function createLocalArtifacts(root: string): LocalArtifacts {
  const runFolder = ({ experimentId, runId }: RunPlace) => join(root, experimentId, runId);
  const artifactFolder = (place: RunPlace) => join(runFolder(place), 'artifacts');

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw translateFileError(error, root);
    }
  }
  return {
    experimentUri: (experimentId) => pathToFileURL(join(root, experimentId)).href,
    runUri: (place) => pathToFileURL(artifactFolder(place)).href,
    locate: (source) => locateBelow(root, source),
    write(place, path, content) {
      checkArtifactPath(path);
      return guarded(() => writeWhole(runFolder(place), path, content));
    },
    read(place, path) {
      checkArtifactPath(path);
      return guarded(async () => {
        const base = artifactFolder(place);
        try {
          const { buffer, byteOffset, length } = await readFile(await resolveInside(base, path));
          // Not a Buffer, whose slice shares memory where that of a Uint8Array copies.
          return new Uint8Array(buffer, byteOffset, length);
        } catch (error) {
          if (isMissing(error) || hasCode(error, 'EISDIR')) {
            throw new ArtifactNotFoundError(place.runId, path, { cause: error });
          }
          throw error;
        }
      });
    },
    list(place, folder) {
      if (folder !== undefined && folder !== '') checkArtifactPath(folder);
      return guarded(() => listFolder(artifactFolder(place), folder ?? ''));
    },
  };
}

function locateBelow(root: string, source: string): RunFolder | undefined {
  let path: string;
  try {
    path = source.startsWith('file:') ? fileURLToPath(source) : source;
  } catch {
    return undefined;
  }
  if (!path.startsWith(root + sep)) return undefined;
  const [, runId, artifacts, ...folder] = path.slice(root.length + 1).split(sep);
  if (runId === undefined || artifacts !== 'artifacts') return undefined;
  return { runId, folder: folder.join('/').replace(/\/$/, '') };
}

async function writeWhole(runFolder: string, path: string, content: Uint8Array): Promise<void> {
  const base = join(runFolder, 'artifacts');
  const uploads = join(runFolder, '.uploads');
  const target = await resolveInside(base, path);
  const temporary = join(uploads, randomUUID());
  await makeFolderDurably(uploads);
  try {
    await writeDurably(temporary, content);
    await makeFolderDurably(dirname(target));
    await rename(temporary, target);
    await syncFolder(dirname(target));
  } catch (error) {
    await rm(temporary, { force: true });
    if (hasCode(error, 'EISDIR') || hasCode(error, 'ENOTEMPTY')) {
      throw new ArtifactPathError(path, 'a folder is there', { cause: error });
    }
    if (hasCode(error, 'ENOTDIR') || hasCode(error, 'EEXIST')) {
      throw new ArtifactPathError(path, 'a file is where a folder would be', { cause: error });
    }
    throw error;
  }
}

async function listFolder(base: string, folder: string): Promise<Artifact[]> {
  const artifacts: Artifact[] = [];
  let names: string[];
  try {
    names = await readdir(folder === '' ? base : await resolveInside(base, folder));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  for (const name of names) {
    const path = folder === '' ? name : `${folder}/${name}`;
    const entry = await statInside(base, path);
    if (entry?.isDirectory() === true) artifacts.push({ path, isFolder: true });
    else if (entry?.isFile() === true) {
      artifacts.push({ path, isFolder: false, sizeBytes: entry.size });
    }
  }
  return artifacts.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** What lies at a path; undefined for a link that leads outside or nowhere. */
async function statInside(base: string, path: string) {
  try {
    return await stat(await resolveInside(base, path));
  } catch (error) {
    if (isMissing(error) || error instanceof ArtifactPathError) return undefined;
    throw error;
  }
}

/**
 * The path on the disk, after making sure that no link on the way leads out of `base`.
 *
 * @throws {ArtifactPathError}
 */
async function resolveInside(base: string, path: string): Promise<string> {
  const target = resolve(base, ...path.split('/'));
  const realBase = await realpathOf(base);
  for (let existing = target; existing.length > base.length; existing = dirname(existing)) {
    const real = await realpathOf(existing);
    if (real === undefined) {
      if (await isDanglingLink(existing)) {
        throw new ArtifactPathError(path, 'a link on the way leads nowhere');
      }
      continue;
    }
    if (realBase === undefined || !real.startsWith(realBase + sep)) {
      throw new ArtifactPathError(path, 'a link on the way leads out of the artifacts');
    }
    break;
  }
  return target;
}

async function realpathOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function isDanglingLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Make a folder and its parents, and make sure that they are still there after a loss of power. */
async function makeFolderDurably(folder: string): Promise<void> {
  for (const made of await makeFolder(folder)) await syncFolder(dirname(made));
}

async function writeDurably(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and keeps their entries without being asked.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR');
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
