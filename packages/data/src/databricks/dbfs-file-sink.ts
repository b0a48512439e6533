import { randomUUID } from 'node:crypto';
import type { ByteSink } from '../byte-source.ts';
import type { DatabricksFileOptions } from './databricks-files.ts';
import { DatabricksNotFoundError } from './databricks-errors.ts';
import { DBFS_BLOCK_BYTES } from './dbfs-file-source.ts';
import type { DatabricksWorkspace } from './open-workspace.ts';

/**
 * Write a file of DBFS in blocks of 1 MiB, under a hidden name beside its own, and give it its name
 * last. DBFS moves nothing onto a file that is there, so that one is deleted just before.
 */
export async function dbfsFileSink(
  workspace: DatabricksWorkspace,
  path: string,
  { signal }: DatabricksFileOptions,
): Promise<ByteSink> {
  const subject = `dbfs:${path}`;
  const temporary = path.replace(/[^/]*$/, (name) => `.${name}.${randomUUID()}`);
  const call = (command: string, json: unknown, repeatable: 'yes' | 'no' = 'yes') => {
    const request = { method: 'POST', path: `/api/2.0/dbfs/${command}` } as const;
    return workspace.call({ ...request, json, subject, repeatable, signal });
  };
  const created = await call('create', { path: temporary, overwrite: true });
  const { handle } = created as { readonly handle: number };
  const block = Buffer.allocUnsafe(DBFS_BLOCK_BYTES);
  let filled = 0;
  let state: 'open' | 'done' = 'open';

  async function flush(): Promise<void> {
    const data = block.subarray(0, filled).toString('base64');
    // A block that arrives twice stands in the file twice.
    if (filled > 0) await call('add-block', { handle, data }, 'no');
    filled = 0;
  }

  return {
    async write(chunk) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      for (let from = 0; from < bytes.length;) {
        const piece = bytes.subarray(from, from + DBFS_BLOCK_BYTES - filled);
        block.set(piece, filled);
        filled += piece.length;
        from += piece.length;
        if (filled === DBFS_BLOCK_BYTES) await flush();
      }
    },
    async commit() {
      await flush();
      await call('close', { handle });
      await call('delete', { path, recursive: false }).catch(ignoreMissing);
      await call('move', { source_path: temporary, destination_path: path }, 'no');
      state = 'done';
    },
    async abort() {
      if (state === 'done') return;
      state = 'done';
      const request = { method: 'POST', subject, repeatable: 'yes' } as const;
      const send = (command: string, json: unknown) =>
        workspace.call({ ...request, path: `/api/2.0/dbfs/${command}`, json });
      // A handle that was closed already is one the server does not know.
      await send('close', { handle }).catch(() => {});
      await send('delete', { path: temporary, recursive: false }).catch(ignoreMissing);
    },
  };
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof DatabricksNotFoundError)) throw error;
}
