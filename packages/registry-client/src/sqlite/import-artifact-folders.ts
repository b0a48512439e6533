import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import type { BlobStore } from './blob-store.ts';
import type { SqlConnection } from './connection.ts';

interface RunRow {
  readonly run_id: string;
  readonly experiment_id: number;
}

/**
 * Take in the artifacts that the first schema kept as `<root>/<experiment>/<run>/artifacts/...`,
 * inside a write. The folders stay as they are: {@link removeArtifactFolders} removes them once the
 * write is done. Links that lead out of a run's folder are left out, as they never could be read.
 */
export function importArtifactFolders(db: SqlConnection, blobs: BlobStore): void {
  for (const run of db.all<RunRow>('SELECT run_id, experiment_id FROM runs', [])) {
    const base = artifactFolder(blobs.root, run);
    for (const path of filesBelow(base, '')) {
      const { sha256, sizeBytes } = importFile(blobs, join(base, path));
      db.run('INSERT INTO artifacts (owner_id, path, sha256, size_bytes) VALUES (?, ?, ?, ?)', [
        run.run_id,
        path,
        sha256,
        sizeBytes,
      ]);
    }
  }
}

/** Remove what {@link importArtifactFolders} took in, when it is kept elsewhere. */
export function removeArtifactFolders(db: SqlConnection, root: string): void {
  for (const run of db.all<RunRow>('SELECT run_id, experiment_id FROM runs', [])) {
    rmSync(join(root, String(run.experiment_id), run.run_id), { recursive: true, force: true });
  }
}

function artifactFolder(root: string, run: RunRow): string {
  return join(root, String(run.experiment_id), run.run_id, 'artifacts');
}

function* filesBelow(base: string, folder: string): Generator<string, void, undefined> {
  let names: string[];
  try {
    names = readdirSync(join(base, folder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  for (const name of names) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (!staysInside(base, path)) continue;
    const found = statSync(join(base, path));
    if (found.isDirectory()) yield* filesBelow(base, path);
    else if (found.isFile()) yield path;
  }
}

function staysInside(base: string, path: string): boolean {
  try {
    return realpathSync(join(base, path)).startsWith(realpathSync(base) + sep);
  } catch {
    return false;
  }
}

function importFile(blobs: BlobStore, source: string): { sha256: string; sizeBytes: number } {
  const uploads = join(blobs.root, '.uploads');
  mkdirSync(uploads, { recursive: true });
  const file = join(uploads, randomUUID());
  copyFileSync(source, file);
  const staged = { ...digestFile(file), file };
  blobs.keep(staged);
  return staged;
}

function digestFile(path: string): { sha256: string; sizeBytes: number } {
  const hash = createHash('sha256');
  const piece = new Uint8Array(1024 * 1024);
  let sizeBytes = 0;
  const file = openSync(path, 'r+');
  try {
    for (;;) {
      const bytesRead = readSync(file, piece);
      if (bytesRead === 0) break;
      hash.update(piece.subarray(0, bytesRead));
      sizeBytes += bytesRead;
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}
