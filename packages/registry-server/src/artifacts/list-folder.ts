import type { Artifact, Registry } from '@gnu-mlops/registry-client';
import type { ServedPlace } from './served-path.ts';

/** The entries right below a folder of artifacts; the path '' is their root. */
export async function listFolder(
  registry: Registry,
  { ownerId, path }: ServedPlace,
  signal: AbortSignal,
): Promise<readonly Artifact[]> {
  return registry.listArtifacts(ownerId, path === '' ? undefined : path, { signal });
}

/** A file or folder as the protocol writes it. */
export function formatFile({ path, isFolder, sizeBytes }: Artifact): object {
  return { path, is_dir: isFolder, file_size: isFolder ? undefined : sizeBytes };
}

/** The same, under the last part of its path only. */
export function formatBaseName(artifact: Artifact): object {
  const { path } = artifact;
  return formatFile({ ...artifact, path: path.slice(path.lastIndexOf('/') + 1) });
}
