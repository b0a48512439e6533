import type { DatabricksFileEntry, DatabricksFileOptions } from './databricks-files.ts';
import { DatabricksRequestError } from './databricks-errors.ts';
import type { DatabricksPath } from './file-path.ts';
import type { DatabricksWorkspace } from './open-workspace.ts';
import { encodePath } from './volume-file-source.ts';

interface Page {
  readonly contents?: readonly {
    readonly path: string;
    readonly is_directory: boolean;
    readonly file_size?: number;
  }[];
  readonly next_page_token?: string;
}

/** What lies in a folder of a volume, page by page; its paths are written as the folder's is. */
export async function listVolumeFolder(
  workspace: DatabricksWorkspace,
  { name, path }: DatabricksPath,
  { signal }: DatabricksFileOptions,
): Promise<DatabricksFileEntry[]> {
  const entries: DatabricksFileEntry[] = [];
  const scheme = name.startsWith('dbfs:') ? 'dbfs:' : '';
  let token: string | undefined;
  do {
    const page = (await workspace.call({
      method: 'GET',
      path: `/api/2.0/fs/directories${encodePath(path.replace(/\/+$/, ''))}`,
      ...(token !== undefined && { query: { page_token: token } }),
      subject: name,
      repeatable: 'yes',
      signal,
    })) as Page;
    for (const { path: found, is_directory, file_size } of page.contents ?? []) {
      const kind = is_directory ? 'folder' : 'file';
      entries.push({ path: `${scheme}${found}`, kind, sizeBytes: file_size ?? 0 });
    }
    const next = page.next_page_token === '' ? undefined : page.next_page_token;
    if (next !== undefined && next === token) {
      const failure = { reason: 'next_page_token', message: 'its listing does not go on' };
      throw new DatabricksRequestError(name, failure);
    }
    token = next;
  } while (token !== undefined);
  return entries;
}
