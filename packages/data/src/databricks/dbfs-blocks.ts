import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  DatabricksNotFoundError,
  DatabricksRequestError,
  DatabricksUnavailableError,
} from './databricks-errors.ts';
import { DBFS_BLOCK_BYTES } from './dbfs-file-source.ts';
import type { DatabricksPath } from './file-path.ts';
import type { DatabricksWorkspace, WorkspaceRequest } from './open-workspace.ts';

/**
 * Send a file to DBFS in blocks of 1 MiB, under a hidden name beside its own, and give it its name
 * last. DBFS moves nothing onto a file that is there: that one is deleted just before, so that for a
 * moment there is none. Where the move fails then, what was sent is left, and the error says where.
 *
 * @param content.from the file of this machine that is sent.
 */
export async function sendDbfsBlocks(
  workspace: DatabricksWorkspace,
  { name: subject, path }: DatabricksPath,
  { from, signal }: { readonly from: string; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const temporary = path.replace(/[^/]*$/, (own) => `.${own}.${randomUUID()}`);
  const send = (command: string, json: unknown, how: SendOptions = { signal }) => {
    const request = { method: 'POST', path: `/api/2.0/dbfs/${command}` } as const;
    return workspace.call({ ...request, json, subject, repeatable: 'yes', ...how });
  };
  const move = (how: SendOptions) =>
    send('move', { source_path: temporary, destination_path: path }, { ...how, repeatable: 'no' });
  const once = { signal, repeatable: 'no' } as const;
  const created = await send('create', { path: temporary, overwrite: true });
  const { handle } = created as { readonly handle: number };
  try {
    for await (const block of createReadStream(from, { highWaterMark: DBFS_BLOCK_BYTES })) {
      // A block that arrives twice stands in the file twice.
      await send('add-block', { handle, data: (block as Buffer).toString('base64') }, once);
    }
    await send('close', { handle });
    if (await wasMoved(() => move(once))) return;
  } catch (error) {
    await discard(workspace, { handle, temporary, subject });
    throw error;
  }
  // From here on an abort would leave no file at all.
  await send('delete', { path, recursive: false }, {}).catch(ignoreMissing);
  await move({}).catch((cause: Error) => {
    const reason = `${cause.message} What was written is left as "dbfs:${temporary}"`;
    throw new DatabricksUnavailableError(subject, reason, { cause });
  });
}

type SendOptions = Partial<Pick<WorkspaceRequest, 'repeatable' | 'signal'>>;

/** Whether the file got its name; not where another one has it. */
async function wasMoved(move: () => Promise<unknown>): Promise<boolean> {
  try {
    await move();
    return true;
  } catch (error) {
    const isTaken =
      error instanceof DatabricksRequestError && error.reason === 'RESOURCE_ALREADY_EXISTS';
    if (isTaken) return false;
    throw error;
  }
}

/** Remove what was sent in vain, whether or not the signal has aborted. */
async function discard(
  workspace: DatabricksWorkspace,
  file: { readonly handle: number; readonly temporary: string; readonly subject: string },
): Promise<void> {
  const { handle, temporary, subject } = file;
  const request = { method: 'POST', subject, repeatable: 'yes' } as const;
  const send = (command: string, json: unknown) =>
    workspace.call({ ...request, path: `/api/2.0/dbfs/${command}`, json });
  // A handle that was closed already is one the server does not know.
  await send('close', { handle }).catch(() => {});
  // The first error counts; where the server is out of reach this one says the same.
  await send('delete', { path: temporary, recursive: false }).catch(() => {});
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof DatabricksNotFoundError)) throw error;
}
