import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ByteSink } from '../byte-source.ts';
import type { DatabricksFileOptions } from './databricks-files.ts';
import type { DatabricksWorkspace } from './open-workspace.ts';
import { filesApiPath } from './volume-file-source.ts';

/**
 * Write a file of a volume. The bytes are gathered in a temporary file, because the server wants to
 * know their number first; then they are sent from there, and again where sending fails.
 */
export async function volumeFileSink(
  workspace: DatabricksWorkspace,
  path: string,
  { signal }: DatabricksFileOptions,
): Promise<ByteSink> {
  const folder = await mkdtemp(join(tmpdir(), 'gnu-mlops-upload-'));
  const gathered = join(folder, 'content');
  const file = await open(gathered, 'wx', 0o600);

  async function clear(): Promise<void> {
    await file.close();
    await rm(folder, { recursive: true, force: true });
  }

  return {
    async write(chunk) {
      signal?.throwIfAborted();
      await file.writeFile(chunk);
    },
    async commit() {
      const { size } = await stat(gathered);
      await workspace.request({
        method: 'PUT',
        path: filesApiPath(path),
        query: { overwrite: 'true' },
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': String(size),
        },
        body: () => Readable.toWeb(createReadStream(gathered)) as ReadableStream<Uint8Array>,
        subject: path,
        repeatable: 'yes',
        signal,
      });
      await clear();
    },
    abort: clear,
  };
}
