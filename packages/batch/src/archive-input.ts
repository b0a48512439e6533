import { archiveFile } from './archive-file.ts';
import type { BatchRun, FileOutcome } from './batch-run.ts';
import { FileArchiveError, LeaseLostError, LedgerUnusableError } from './errors.ts';
import type { FileIdentity } from './file-identity.ts';
import { keepLease } from './keep-lease.ts';
import type { Lease } from './ledger.ts';
import { temporaryPath } from './output-file.ts';
import { toFileError } from './to-file-error.ts';

/**
 * Archive a scored input where that is asked for, and give its lease back. A failure does not undo
 * the scoring: it is told as an error, and the next run tries again. Where the lease is lost,
 * whoever has it now archives the file.
 *
 * @throws {LedgerUnusableError}
 */
export async function archiveInput(
  identity: FileIdentity,
  lease: Lease,
  run: BatchRun,
): Promise<Pick<FileOutcome, 'archivedTo' | 'error'>> {
  const { folders, ledger } = run;
  if (folders.archive === undefined) {
    ledger.release(lease);
    return {};
  }
  const stopKeeping = keepLease(lease, run);
  let planned: string | undefined;
  let isArchived = false;
  try {
    let outcome: Awaited<ReturnType<typeof archiveFile>>;
    do {
      planned = ledger.planArchive(lease, folders.archive, planned);
      outcome = await archiveFile(identity, planned, temporaryPath(planned, lease.token));
    } while (outcome === 'taken');
    if (outcome === 'replaced') throw new Error('another file has taken its place and waits now');
    isArchived = true;
    ledger.recordArchived(lease);
    return { archivedTo: planned };
  } catch (error) {
    if (error instanceof LedgerUnusableError) throw error;
    if (error instanceof LeaseLostError) return isArchived ? { archivedTo: planned! } : {};
    const failure = new FileArchiveError(identity.path, planned!, error);
    ledger.release(lease);
    return { error: toFileError(identity.path, failure) };
  } finally {
    stopKeeping();
  }
}
