import type { ByteSink, ByteSource } from '../byte-source.ts';
import { dbfsFileSink } from './dbfs-file-sink.ts';
import { dbfsFileSource } from './dbfs-file-source.ts';
import { parseDatabricksPath } from './file-path.ts';
import { listDbfsFolder } from './list-dbfs-folder.ts';
import { listVolumeFolder } from './list-volume-folder.ts';
import type { DatabricksWorkspace } from './open-workspace.ts';
import { volumeFileSink } from './volume-file-sink.ts';
import { filesApiPath, volumeFileSource } from './volume-file-source.ts';

/** A file or folder as a listing shows it. */
export interface DatabricksFileEntry {
  /** As `databricksFileSource` takes it. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly sizeBytes: number;
}

/** What surrounds the use of a file. */
export interface DatabricksFileOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * The bytes of a file of DBFS (`dbfs:/path`) or of a Unity Catalog volume
 * (`/Volumes/catalog/schema/volume/path`).
 *
 * @throws {DatabricksNameError} when the path is none.
 */
export function databricksFileSource(workspace: DatabricksWorkspace, path: string): ByteSource {
  const file = parseDatabricksPath(path);
  return file.system === 'volumes'
    ? volumeFileSource(workspace, file)
    : dbfsFileSource(workspace, file);
}

/**
 * Write a file. Nobody sees it before `commit`, and what stood in its place is replaced as a whole. A
 * file of 2 GiB or more in DBFS, which no request of it replaces, is deleted before the new one takes
 * its name.
 *
 * @throws {DatabricksNameError} when the path is none.
 */
export async function openDatabricksFile(
  workspace: DatabricksWorkspace,
  path: string,
  options: DatabricksFileOptions = {},
): Promise<ByteSink> {
  const file = parseDatabricksPath(path);
  return file.system === 'volumes'
    ? volumeFileSink(workspace, file, options)
    : dbfsFileSink(workspace, file, options);
}

/**
 * What lies in a folder, in the order of the paths; not what lies in folders within it.
 *
 * @throws {DatabricksNotFoundError} when there is no such folder.
 */
export async function listDatabricksFolder(
  workspace: DatabricksWorkspace,
  path: string,
  options: DatabricksFileOptions = {},
): Promise<DatabricksFileEntry[]> {
  const folder = parseDatabricksPath(path);
  const entries =
    folder.system === 'volumes'
      ? await listVolumeFolder(workspace, folder, options)
      : await listDbfsFolder(workspace, folder, options);
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Delete a file. @throws {DatabricksNotFoundError} when a volume has no such file. */
export async function deleteDatabricksFile(
  workspace: DatabricksWorkspace,
  path: string,
  { signal }: DatabricksFileOptions = {},
): Promise<void> {
  const file = parseDatabricksPath(path);
  const common = { subject: path, repeatable: 'yes', signal } as const;
  if (file.system === 'volumes') {
    await workspace.request({ method: 'DELETE', path: filesApiPath(file.path), ...common });
  } else {
    const json = { path: file.path, recursive: false };
    await workspace.call({ method: 'POST', path: '/api/2.0/dbfs/delete', json, ...common });
  }
}
