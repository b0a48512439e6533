import type { Artifact, ArtifactDigest } from '../entities.ts';
import { ArtifactNotFoundError, ArtifactPathError } from '../artifact-errors.ts';
import type { Store } from './store.ts';

/** A file by its owner and path. */
export interface ArtifactKey {
  readonly ownerId: string;
  readonly path: string;
}

interface FileRow {
  readonly path: string;
  readonly sha256: string;
  readonly size_bytes: number;
}

/** @throws {ArtifactNotFoundError} also for a folder. */
export function artifactDigest(store: Store, { ownerId, path }: ArtifactKey): ArtifactDigest {
  const row = store.db.get<FileRow>('SELECT * FROM artifacts WHERE owner_id = ? AND path = ?', [
    ownerId,
    path,
  ]);
  if (row === undefined) throw new ArtifactNotFoundError(ownerId, path);
  return { sha256: row.sha256, sizeBytes: row.size_bytes };
}

/**
 * Note what an artifact's content is, inside a write.
 *
 * @throws {ArtifactPathError} where a folder is, or a file where a folder would be.
 */
export function putArtifact(
  store: Store,
  { ownerId, path }: ArtifactKey,
  { sha256, sizeBytes }: ArtifactDigest,
): void {
  checkPlace(store, { ownerId, path });
  store.db.run(
    `INSERT INTO artifacts (owner_id, path, sha256, size_bytes) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET sha256 = excluded.sha256, size_bytes = excluded.size_bytes`,
    [ownerId, path, sha256, sizeBytes],
  );
}

/** The entries right below a folder, sorted by path. */
export function listArtifactRows(store: Store, ownerId: string, folder: string): Artifact[] {
  const rows = store.db.all<FileRow>(
    `SELECT path, sha256, size_bytes FROM artifacts WHERE owner_id = ? AND ${BELOW} ORDER BY path`,
    [ownerId, ...below(folder)],
  );
  const entries = new Map<string, Artifact>();
  const start = folder === '' ? 0 : folder.length + 1;
  for (const { path, sha256, size_bytes: sizeBytes } of rows) {
    const end = path.indexOf('/', start);
    if (end < 0) entries.set(path, { path, isFolder: false, sizeBytes, sha256 });
    else entries.set(path.slice(0, end), { path: path.slice(0, end), isFolder: true });
  }
  return [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Forget a file, or a folder with everything in it, inside a write. @throws {ArtifactNotFoundError} */
export function removeArtifactRows(store: Store, { ownerId, path }: ArtifactKey): void {
  const count = store.db.run(
    `DELETE FROM artifacts WHERE owner_id = ? AND (path = ? OR ${BELOW})`,
    [ownerId, path, ...below(path)],
  );
  if (count === 0) throw new ArtifactNotFoundError(ownerId, path);
}

const BELOW = '(path > ? AND path < ?)';

/** After every text, as SQLite sorts. */
const LAST = new Uint8Array();

/** What lies between: "0" is the character after "/". */
function below(folder: string): [string, string | Uint8Array] {
  return folder === '' ? ['', LAST] : [`${folder}/`, `${folder}0`];
}

function checkPlace(store: Store, { ownerId, path }: ArtifactKey): void {
  const inside = store.db.get(`SELECT 1 FROM artifacts WHERE owner_id = ? AND ${BELOW} LIMIT 1`, [
    ownerId,
    ...below(path),
  ]);
  if (inside !== undefined) throw new ArtifactPathError(path, 'a folder is there');
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const file = store.db.get('SELECT 1 FROM artifacts WHERE owner_id = ? AND path = ?', [
      ownerId,
      path.slice(0, end),
    ]);
    if (file !== undefined) throw new ArtifactPathError(path, 'a file is where a folder would be');
  }
}
