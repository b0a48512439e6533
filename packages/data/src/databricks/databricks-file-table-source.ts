import type { ByteSource } from '../byte-source.ts';
import { type FileSourceOptions, bytesSource } from '../file-source.ts';
import { partsSource } from '../parts-source.ts';
import { readAheadSources } from '../read-ahead-sources.ts';
import type { TableSource } from '../table-source.ts';
import { databricksFileSource, listDatabricksFolder } from './databricks-files.ts';
import { DatabricksNotFoundError } from './databricks-errors.ts';
import { parseDatabricksPath } from './file-path.ts';
import type { DatabricksWorkspace } from './open-workspace.ts';

/**
 * A table in a file of DBFS or of a volume, or in all files of a folder, whose path ends in `/`, in
 * the order of their names; empty files, and those whose names begin with `.` or `_`, are passed over. Parquet is copied
 * to `temporaryFolder` first.
 *
 * @throws {DatabricksNameError}, and {FormatUnknownError} when neither the path nor `options` tells
 *   the format.
 */
export function databricksFileTableSource(
  workspace: DatabricksWorkspace,
  path: string,
  options: FileSourceOptions = {},
): TableSource {
  const { system } = parseDatabricksPath(path);
  const sourceType = system === 'volumes' ? 'uc_volume' : 'dbfs';
  const tableOf = (bytes: ByteSource) => bytesSource(bytes, { sourceType }, options);
  if (!path.endsWith('/')) return tableOf(databricksFileSource(workspace, path));
  const name = path.replace(/\/+$/, '').split('/').at(-1)!;
  return partsSource({ name, uri: path, sourceType }, async (signal) => {
    const entries = await listDatabricksFolder(workspace, path, { signal });
    const files = entries.filter(
      ({ kind, path: file, sizeBytes }) =>
        kind === 'file' && sizeBytes > 0 && !/\/[._][^/]*$/.test(file),
    );
    if (files.length === 0) throw new DatabricksNotFoundError(path, 'the folder holds no files');
    const listed = files.map(({ path: file, sizeBytes }) => {
      return { source: databricksFileSource(workspace, file), sizeBytes };
    });
    return readAheadSources(listed).map(tableOf);
  });
}
