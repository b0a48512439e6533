import { randomUUID } from 'node:crypto';
import type { ByteSink } from '../byte-source.ts';
import { sendDbfsBlocks } from './dbfs-blocks.ts';
import type { DatabricksFileOptions } from './databricks-files.ts';
import type { DatabricksPath } from './file-path.ts';
import { type BytesAround, gatherBytes } from './gather-bytes.ts';
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
    const { boundary, before, after } = formOf(file.path);
    const sizeBytes = before.length + (await gathered.sizeBytes()) + after.length;
    const answer = await workspace.request({
      method: 'POST',
      path: '/api/2.0/dbfs/put',
      headers: {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': String(sizeBytes),
      },
      body: () => gathered.stream({ before, after }),
      subject: file.name,
      repeatable: 'yes',
      signal,
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

/**
 * What stands around a file in the form that it is sent in. Node's own `FormData` ends the process
 * where a server answers, and hangs up, before it has read all of one.
 */
function formOf(path: string): BytesAround & { readonly boundary: string } {
  const boundary = randomUUID();
  const field = (name: string) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
  const fields = [
    `${field('path')}\r\n\r\n${path}\r\n`,
    `${field('overwrite')}\r\n\r\ntrue\r\n`,
    `${field('contents')}; filename="content"\r\nContent-Type: application/octet-stream\r\n\r\n`,
  ];
  const after = `\r\n--${boundary}--\r\n`;
  return { boundary, before: Buffer.from(fields.join('')), after: Buffer.from(after) };
}
