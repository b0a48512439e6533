import { ArtifactPathError } from '../artifact-errors.ts';

/**
 * Check that a file can lie beside others in folders: no file is where a folder would be.
 *
 * @throws {ArtifactPathError}
 */
export function checkPathFits(path: string, others: ReadonlySet<string>): void {
  for (const other of others) {
    if (other.startsWith(`${path}/`)) throw new ArtifactPathError(path, 'a folder is there');
    if (path.startsWith(`${other}/`)) {
      throw new ArtifactPathError(path, 'a file is where a folder would be');
    }
  }
}
