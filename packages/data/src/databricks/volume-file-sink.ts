import type { ByteSink } from '../byte-source.ts';
import type { DatabricksFileOptions } from './databricks-files.ts';
import type { DatabricksPath } from './file-path.ts';
import { gatherBytes } from './gather-bytes.ts';
import type { DatabricksWorkspace } from './open-workspace.ts';
import { filesApiPath } from './volume-file-source.ts';

/**
 * Write a file of a volume. The bytes are gathered in a temporary file, because the server wants to
 * know their number first; then they are sent from there, and again where sending fails.
 */
export async function volumeFileSink(
  workspace: DatabricksWorkspace,
  { name, path }: DatabricksPath,
  { signal }: DatabricksFileOptions,
): Promise<ByteSink> {
  const gathered = await gatherBytes();
  return {
    async write(chunk) {
      signal?.throwIfAborted();
      await gathered.write(chunk);
    },
    async commit() {
      await workspace.request({
        method: 'PUT',
        path: filesApiPath(path),
        query: { overwrite: 'true' },
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': String(await gathered.sizeBytes()),
        },
        body: () => gathered.stream(),
        subject: name,
        repeatable: 'yes',
        signal,
      });
      await gathered.clear();
    },
    abort: gathered.clear,
  };
}
