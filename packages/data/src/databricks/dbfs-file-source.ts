import type { ByteSource } from '../byte-source.ts';
import { FileChangedError } from '../errors.ts';
import { DatabricksNameError, DatabricksRequestError } from './databricks-errors.ts';
import type { DatabricksPath } from './file-path.ts';
import type { DatabricksWorkspace } from './open-workspace.ts';

/** What DBFS reads and writes at a time. */
export const DBFS_BLOCK_BYTES = 1024 * 1024;

interface FileStatus {
  readonly is_dir: boolean;
  readonly file_size: number;
  readonly modification_time?: number;
}

/**
 * The bytes of a file of DBFS, read a block of 1 MiB at a time. At the end it is seen whether another
 * file took its place meanwhile.
 */
export function dbfsFileSource(
  workspace: DatabricksWorkspace,
  { name, path }: DatabricksPath,
): ByteSource {
  const ask = (command: string, query: { [name: string]: string }, signal?: AbortSignal) =>
    workspace.call({
      method: 'GET',
      path: `/api/2.0/dbfs/${command}`,
      query: { path, ...query },
      subject: name,
      repeatable: 'yes',
      signal,
    });
  return {
    name,
    async open({ signal } = {}) {
      const status = (await ask('get-status', {}, signal)) as FileStatus;
      if (status.is_dir) throw new DatabricksNameError(name, 'it is a folder', 'Name a file.');
      if (!Number.isSafeInteger(status.file_size)) {
        const failure = { reason: 'file_size', message: 'it does not say how long the file is' };
        throw new DatabricksRequestError(name, failure);
      }
      const fingerprint = fingerprintOf(status);
      return {
        sizeBytes: status.file_size,
        fingerprint,
        close: async () => {},
        async *[Symbol.asyncIterator]() {
          let blocks = 0;
          for (let offset = 0; offset < status.file_size; blocks++) {
            const query = { offset: String(offset), length: String(DBFS_BLOCK_BYTES) };
            const block = (await ask('read', query, signal)) as { readonly data?: string };
            const bytes = Buffer.from(block.data ?? '', 'base64');
            offset += bytes.length;
            if (bytes.length === 0 || offset > status.file_size) throw new FileChangedError(name);
            yield bytes;
          }
          if (blocks < 2) return;
          // Nothing ties one block to the next: some may be those of a file that took its place.
          const after = (await ask('get-status', {}, signal)) as FileStatus;
          if (fingerprintOf(after) !== fingerprint) throw new FileChangedError(name);
        },
      };
    },
  };
}

function fingerprintOf({ file_size, modification_time }: FileStatus): string {
  return `${file_size}:${modification_time ?? ''}`;
}
