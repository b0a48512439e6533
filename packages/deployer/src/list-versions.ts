import type { ModelVersion, Registry } from '@gnu-mlops/registry-client';

/** Every version of a registered model, newest first. */
export async function listVersions(
  registry: Pick<Registry, 'searchModelVersions'>,
  name: string,
): Promise<ModelVersion[]> {
  const versions: ModelVersion[] = [];
  const filter = `name = '${name.replaceAll("'", "''")}'`;
  let pageToken: string | undefined;
  do {
    const page = await registry.searchModelVersions({
      filter,
      ...(pageToken === undefined ? {} : { pageToken }),
    });
    versions.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return versions.sort((a, b) => Number(b.version) - Number(a.version));
}
