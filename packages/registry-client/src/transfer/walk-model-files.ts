import type { CallOptions } from '../call-options.ts';
import type { Artifact, ModelVersion } from '../entities.ts';
import type { Registry } from '../registry.ts';

/** Every file of a version's model folder: folder by folder, each sorted by path. */
export async function* walkModelFiles(
  registry: Pick<Registry, 'listModelFiles'>,
  version: Pick<ModelVersion, 'name' | 'version'>,
  options: CallOptions & { readonly folder?: string } = {},
): AsyncGenerator<Artifact, void, undefined> {
  const found = await registry.listModelFiles(version.name, version.version, options);
  for (const artifact of found) {
    if (!artifact.isFolder) yield artifact;
    else yield* walkModelFiles(registry, version, { ...options, folder: artifact.path });
  }
}
