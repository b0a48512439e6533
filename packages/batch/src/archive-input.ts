import { archiveFile } from './archive-file.ts';
import type { BatchRun, FileOutcome } from './batch-run.ts';
import { FileArchiveError, LedgerUnusableError } from './errors.ts';
import type { FileIdentity } from './file-identity.ts';
import type { Lease } from './ledger.ts';
import { toFileError } from './to-file-error.ts';

/**
 * Archive a scored input where that is asked for, and give its lease back. A failure does not undo
 * the scoring: it is told as an error, and the next run tries again.
 *
 * @throws {LedgerUnusableError}
 */
export async function archiveInput(
  identity: FileIdentity,
  lease: Lease,
  { folders, ledger }: BatchRun,
): Promise<Pick<FileOutcome, 'archivedTo' | 'error'>> {
  if (folders.archive === undefined) {
    ledger.release(lease);
    return {};
  }
  let archivedTo = ledger.planArchive(lease, folders.archive);
  try {
    let outcome = await archiveFile(identity, archivedTo);
    while (outcome === 'taken') {
      archivedTo = ledger.planArchive(lease, folders.archive, archivedTo);
      outcome = await archiveFile(identity, archivedTo);
    }
    if (outcome === 'replaced') throw new Error('another file has taken its place and waits now');
    ledger.recordArchived(lease);
    return { archivedTo };
  } catch (error) {
    if (error instanceof LedgerUnusableError) throw error;
    const failure = new FileArchiveError(identity.path, archivedTo, error);
    ledger.release(lease);
    return { error: toFileError(identity.path, failure) };
  }
}
