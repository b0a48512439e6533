import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
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
    return unreadable(path, run, error);
  }
}

/** What becomes of a file that cannot be looked into. */
async function unreadable(
  path: string,
  run: BatchRun,
  cause: unknown,
): Promise<{ outcome: FileOutcome }> {
  if (isGone(cause)) return hasUnknownName(path) ? failed(path, unnamable(path)) : skipped('gone');
  const error = new FileUnreadableError(path, cause);
  let found: BigIntStats;
  try {
    found = await stat(path, { bigint: true });
  } catch (reason) {
    // Not even its size can be told, by which the ledger would know it.
    return isGone(reason) ? skipped('gone') : failed(path, error);
  }
  return { outcome: recordUnreadable(found, run, error) };
}

/** Note down a file whose content, and so its digest, is not known. */
function recordUnreadable(
  { size, mtimeNs }: BigIntStats,
  { ledger, model, folders }: BatchRun,
  error: FileUnreadableError,
): FileOutcome {
  const { path } = error;
  const claim = ledger.claim({
    identity: { path, sizeBytes: Number(size), mtimeNs: String(mtimeNs), digest: '' },
    model,
    outputFolder: folders.output,
  });
  if (claim.kind === 'leased') return { status: 'leased' };
  ledger.recordFailed(claim.lease, toFileError(path, error));
  return { status: 'failed', error: toFileError(path, error) };
}

function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** Bytes of a name that are no UTF-8 are listed as this character, and lead to no file. */
function hasUnknownName(path: string): boolean {
  return basename(path).includes('\uFFFD');
}

function unnamable(path: string): FileUnreadableError {
  return new FileUnreadableError(path, 'its name is not UTF-8', 'Rename it');
}

function failed(path: string, error: FileUnreadableError): { outcome: FileOutcome } {
  return { outcome: { status: 'failed', error: toFileError(path, error) } };
}

function skipped(reason: NonNullable<FileOutcome['reason']>): { outcome: FileOutcome } {
  return { outcome: { status: 'skipped', reason } };
}
