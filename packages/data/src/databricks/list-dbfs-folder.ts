import type { DatabricksFileEntry, DatabricksFileOptions } from './databricks-files.ts';
import type { DatabricksPath } from './file-path.ts';
import type { DatabricksWorkspace } from './open-workspace.ts';

/** What lies in a folder of DBFS. */
export async function listDbfsFolder(
  workspace: DatabricksWorkspace,
  { name, path }: DatabricksPath,
  { signal }: DatabricksFileOptions,
): Promise<DatabricksFileEntry[]> {
  const answer = (await workspace.call({
    method: 'GET',
    path: '/api/2.0/dbfs/list',
    query: { path },
    subject: name,
    repeatable: 'yes',
    signal,
  })) as {
    readonly files?: readonly {
      readonly path: string;
      readonly is_dir: boolean;
      readonly file_size?: number;
    }[];
  };
  return (answer.files ?? []).map((file) => ({
    path: `dbfs:${file.path}`,
    kind: file.is_dir ? 'folder' : 'file',
    sizeBytes: file.file_size ?? 0,
  }));
}
