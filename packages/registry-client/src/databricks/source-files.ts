import type { ArtifactStream } from '../entities.ts';
import { listArtifacts, openArtifact } from '../http/artifacts.ts';
import { sourcePlace } from '../http/model-files.ts';
import type { Remote } from '../http/remote.ts';

/** A file of a folder that is to become a version. */
export interface SourceFile {
  /** From that folder, with `/`. */
  readonly path: string;
  open(): Promise<ArtifactStream>;
}

/**
 * Every file that a source names, folder by folder; undefined where the source is neither a run's
 * folder nor a logged model.
 *
 * @throws {RunNotFoundError | LoggedModelNotFoundError} while they are listed.
 */
export function listSourceFiles(
  remote: Remote,
  source: string,
): Promise<readonly SourceFile[]> | undefined {
  const place = sourcePlace(source);
  if (place === undefined) return undefined;
  const { ownerId, folder } = place;
  const prefixLength = folder === '' ? 0 : folder.length + 1;

  async function listBelow(below: string): Promise<SourceFile[]> {
    const found: SourceFile[] = [];
    for (const { path, isFolder } of await listArtifacts(remote, { ownerId, folder: below }, {})) {
      if (isFolder) found.push(...(await listBelow(path)));
      else {
        const open = () => openArtifact(remote, { ownerId, path }, {});
        found.push({ path: path.slice(prefixLength), open });
      }
    }
    return found;
  }
  return listBelow(folder);
}
