import { stat } from 'node:fs/promises';
import type { BatchRun, FileOutcome } from './batch-run.ts';
import { FileUnreadableError } from './errors.ts';
import { type FileIdentity, readFileIdentity } from './file-identity.ts';
import { toFileError } from './to-file-error.ts';

/**
 * Learn which file waits at a path, unless it is still being written to, gone, or unreadable: the
 * outcome says so then.
 */
export async function identifyFile(
  path: string,
  run: BatchRun,
): Promise<{ identity: FileIdentity } | { outcome: FileOutcome }> {
  try {
    const { mtimeMs } = await stat(path);
    const isSettled = run.settleMs === 0 || run.now() - mtimeMs >= run.settleMs;
    const identity = isSettled ? await readFileIdentity(path, run.signal) : undefined;
    return identity === undefined ? skipped('still_being_written') : { identity };
  } catch (error) {
    if (run.signal?.aborted) return skipped('aborted');
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return skipped('gone');
    return { outcome: await recordUnreadable(path, run, new FileUnreadableError(path, error)) };
  }
}

/** Note down a file whose content, and so its digest, is not known. */
async function recordUnreadable(
  path: string,
  run: BatchRun,
  error: FileUnreadableError,
): Promise<FileOutcome> {
  const { size, mtimeNs } = await stat(path, { bigint: true });
  const claim = run.ledger.claim({
    identity: { path, sizeBytes: Number(size), mtimeNs: String(mtimeNs), digest: '' },
    model: run.model,
    outputFolder: run.folders.output,
  });
  if (claim.kind === 'leased') return { status: 'leased' };
  run.ledger.recordFailed(claim.lease, toFileError(path, error));
  return { status: 'failed', error: toFileError(path, error) };
}

function skipped(reason: NonNullable<FileOutcome['reason']>): { outcome: FileOutcome } {
  return { outcome: { status: 'skipped', reason } };
}
