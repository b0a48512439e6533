import { openAsBlob } from 'node:fs';
import type { ByteSink } from '../byte-source.ts';
import { sendDbfsBlocks } from './dbfs-blocks.ts';
import type { DatabricksFileOptions } from './databricks-files.ts';
import type { DatabricksPath } from './file-path.ts';
import { gatherBytes } from './gather-bytes.ts';
import type { DatabricksWorkspace } from './open-workspace.ts';

/** How a file of DBFS is written. */
export interface DbfsSinkOptions extends DatabricksFileOptions {
  /** From how many bytes on a file does not go in one request. Default: DBFS's own limit, 2 GiB. */
  readonly manyBytes?: number;
}

const twoGibibytes = 2 ** 31;

/**
 * Write a file of DBFS. The bytes are gathered in a temporary file, then sent in one request that
 * replaces what stands there, and again where sending fails. A file of 2 GiB or more, which no request
 * of DBFS takes, goes in blocks.
 *
 * @see https://docs.databricks.com/api/workspace/dbfs/put
 */
export async function dbfsFileSink(
  workspace: DatabricksWorkspace,
  file: DatabricksPath,
  { signal, manyBytes = twoGibibytes }: DbfsSinkOptions,
): Promise<ByteSink> {
  const gathered = await gatherBytes();

  async function put(): Promise<void> {
    const content = await openAsBlob(gathered.path);
    const form = () => {
      const fields = new FormData();
      fields.set('path', file.path);
      fields.set('overwrite', 'true');
      fields.set('contents', content, 'content');
      return fields;
    };
    const request = { method: 'POST', path: '/api/2.0/dbfs/put', body: form } as const;
    const answer = await workspace.request({
      ...{ ...request, subject: file.name, repeatable: 'yes', signal },
    });
    await answer.body?.cancel();
  }

  return {
    async write(chunk) {
      signal?.throwIfAborted();
      await gathered.write(chunk);
    },
    async commit() {
      const isMany = (await gathered.sizeBytes()) >= manyBytes;
      await (isMany ? sendDbfsBlocks(workspace, file, { from: gathered.path, signal }) : put());
      await gathered.clear();
    },
    abort: gathered.clear,
  };
}
