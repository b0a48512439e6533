import type { CallOptions } from '../call-options.ts';
import type { Artifact } from '../entities.ts';
import type { ArtifactOwner } from './artifact-store.ts';
import { type Wire, get } from './remote.ts';
import { type WireObject, readNumber, readObjects, readText } from './wire-values.ts';

/**
 * What lies right below a folder of the artifacts of a run or logged model, as the service that keeps
 * runs lists it.
 */
export async function listOwned(
  wire: Wire,
  owner: ArtifactOwner,
  { folder, signal }: CallOptions & { readonly folder: string },
): Promise<Artifact[]> {
  const found: Artifact[] = [];
  let token: string | undefined;
  const path = folder === '' ? undefined : folder;
  do {
    const answer =
      owner.kind === 'run'
        ? await get(
            wire,
            'artifacts/list',
            { run_id: owner.ownerId, path, page_token: token },
            signal,
          )
        : await get(
            wire,
            `logged-models/${owner.ownerId}/artifacts/directories`,
            { artifact_directory_path: path, page_token: token },
            signal,
          );
    for (const file of readObjects(answer, 'files')) {
      const artifact = readFileInfo(file);
      // A file is listed in place of what a folder of its name would hold.
      if (artifact.path !== folder) found.push(artifact);
    }
    token = readText(answer, 'next_page_token') || undefined;
  } while (token !== undefined);
  return found;
}

/** An entry of a listing. */
export function readFileInfo(wire: WireObject): Artifact {
  const path = readText(wire, 'path');
  if (wire['is_dir'] === true) return { path, isFolder: true };
  return { path, isFolder: false, sizeBytes: readNumber(wire, 'file_size') };
}
