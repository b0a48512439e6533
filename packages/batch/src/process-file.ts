import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { archiveInput } from './archive-input.ts';
import type { FileReport } from './batch-report.ts';
import type { BatchRun, FileOutcome } from './batch-run.ts';
import { LeaseLostError, LedgerUnusableError } from './errors.ts';
import type { FileIdentity } from './file-identity.ts';
import { identifyFile } from './identify-file.ts';
import type { Claim, Lease } from './ledger.ts';
import { scoreFile } from './score-file.ts';
import { toFileError } from './to-file-error.ts';

/** Told the rows of the file at hand that are scored so far. */
export type RowsListener = (rowCount: number) => void;

/**
 * Take one waiting file through claim, scoring and archive. What goes wrong with the file is told in
 * its report.
 *
 * @throws {LedgerUnusableError} because nothing can be scored without the ledger.
 */
export async function processFile(
  path: string,
  run: BatchRun,
  onRows: RowsListener,
): Promise<FileReport> {
  const startedAt = run.now();
  const found = await identifyFile(path, run);
  const outcome =
    'outcome' in found ? found.outcome : await claimAndScore(found.identity, run, onRows);
  return { file: basename(path), rows: 0, ...outcome, durationMs: run.now() - startedAt };
}

async function claimAndScore(
  identity: FileIdentity,
  run: BatchRun,
  onRows: RowsListener,
): Promise<FileOutcome> {
  const claim = run.ledger.claim({
    identity,
    model: run.model,
    outputFolder: run.folders.output,
  });
  switch (claim.kind) {
    case 'leased':
      return { status: 'leased' };
    case 'scored':
      return {
        status: 'skipped',
        reason: 'already_scored',
        output: claim.outputPath,
        ...(await archiveInput(identity, claim.lease, run)),
      };
    case 'score':
      return score(identity, claim, run, onRows);
  }
}

async function score(
  identity: FileIdentity,
  claim: Extract<Claim, { kind: 'score' }>,
  run: BatchRun,
  onRows: RowsListener,
): Promise<FileOutcome> {
  let scored: Awaited<ReturnType<typeof scoreFile>>;
  try {
    scored = await scoreFile({ ...run, identity, claim, onRows, renewAfterMs: run.leaseMs / 3 });
  } catch (error) {
    return giveUp(claim.lease, run, error);
  }
  return {
    status: 'scored',
    rows: scored.rowCount,
    output: scored.outputPath,
    columns: scored.columns,
    ...(await archiveInput(identity, claim.lease, run)),
  };
}

async function giveUp(lease: Lease, run: BatchRun, error: unknown): Promise<FileOutcome> {
  if (error instanceof LedgerUnusableError) throw error;
  const fileError = toFileError(lease.path, error);
  if (error instanceof LeaseLostError) return { status: 'leased', error: fileError };
  if (run.signal?.aborted) {
    run.ledger.release(lease);
    return { status: 'skipped', reason: 'aborted' };
  }
  if (await isGone(lease.path)) {
    run.ledger.release(lease);
    return { status: 'skipped', reason: 'gone' };
  }
  try {
    run.ledger.recordFailed(lease, fileError);
  } catch (lost) {
    if (lost instanceof LeaseLostError) return giveUp(lease, run, lost);
    throw lost;
  }
  return { status: 'failed', error: fileError };
}

async function isGone(path: string): Promise<boolean> {
  try {
    await stat(path);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}
