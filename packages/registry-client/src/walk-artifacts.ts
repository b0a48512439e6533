import type { CallOptions } from './call-options.ts';
import type { Artifact } from './entities.ts';
import type { Registry } from './registry.ts';

/**
 * Every file among the artifacts of a run or logged model, or below one of its folders: folder by
 * folder, each sorted by path.
 */
export async function* walkArtifacts(
  registry: Pick<Registry, 'listArtifacts'>,
  place: { readonly ownerId: string; readonly folder?: string },
  options: CallOptions = {},
): AsyncGenerator<Artifact, void, undefined> {
  for (const artifact of await registry.listArtifacts(place.ownerId, place.folder, options)) {
    if (!artifact.isFolder) yield artifact;
    else yield* walkArtifacts(registry, { ...place, folder: artifact.path }, options);
  }
}
