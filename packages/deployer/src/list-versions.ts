import {
  type ModelVersion,
  type Registry,
  iterateModelVersions,
  quoteFilterText,
} from '@gnu-mlops/registry-client';

/** Every version of a registered model, newest first. */
export async function listVersions(
  registry: Pick<Registry, 'searchModelVersions'>,
  name: string,
): Promise<ModelVersion[]> {
  const filter = `name = ${quoteFilterText(name)}`;
  const versions: ModelVersion[] = [];
  for await (const version of iterateModelVersions(registry, { filter })) versions.push(version);
  return versions.sort((a, b) => Number(b.version) - Number(a.version));
}
