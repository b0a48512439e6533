import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BatchReport, type FileReport, summarizeFiles } from './batch-report.ts';
import { type BatchOptions, checkBatchOptions } from './batch-options.ts';
import type { BatchRun } from './batch-run.ts';
import { findWaitingFiles } from './find-waiting-files.ts';
import type { BatchLedger } from './ledger.ts';
import { modelIdentity } from './model-identity.ts';
import { openLedger } from './open-ledger.ts';
import { prepareFolders } from './prepare-folders.ts';
import { currentProcess } from './process-identity.ts';
import { processFile } from './process-file.ts';
import { openScoringThreads } from './scoring-threads.ts';

const defaultSettleMs = 2000;
const defaultLeaseMs = 300_000;

/**
 * Score the files that wait in a folder, each exactly once by the same model however often the
 * run is killed and started again, and by however many processes at once. A file that cannot be
 * scored stays where it is and stops no other.
 *
 * @returns what became of each file. A run that `signal` stops returns as well: what it did not get
 *   to waits for the next one.
 * @throws {InputFolderUnreadableError}
 * @throws {OutputFolderUnwritableError}
 * @throws {ArchiveFolderUnwritableError}
 * @throws {ArchiveFolderMissingError}
 * @throws {FoldersOverlapError}
 * @throws {BatchOptionError}
 * @throws {LedgerUnusableError}
 */
export async function runBatch(options: BatchOptions): Promise<BatchReport> {
  checkBatchOptions(options);
  const { now, signal, leaseMs = defaultLeaseMs } = options;
  const startedAt = now();
  // Held fast: the predictor may turn to another version while files are scored.
  const predictor = options.predictor.snapshot();
  const model = modelIdentity(predictor);
  const folders = await prepareFolders(options);
  const owner = options.owner ?? processName();
  const threads =
    typeof options.threads === 'object' ? options.threads : openScoringThreads(options.threads);
  const ledger = openLedger(options.ledgerPath, { now, leaseMs, owner });
  try {
    const files = await processAll(options, {
      ...{ folders, ledger, predictor, threads, model, now, leaseMs, signal },
      batchRows: options.batchRows,
      decimals: options.decimals,
      memoryLimitBytes: options.memoryLimitBytes,
      settleMs: options.settleMs ?? defaultSettleMs,
    });
    return {
      model,
      files,
      ...summarizeFiles(files),
      isAborted: files.some((file) => file.reason === 'aborted'),
      durationMs: now() - startedAt,
    };
  } finally {
    ledger.close();
    if (threads !== options.threads) await threads.close();
  }
}

async function processAll(
  { onProgress, signal }: BatchOptions,
  run: BatchRun,
): Promise<FileReport[]> {
  await reclaim(run.ledger);
  const names = await findWaitingFiles(run.folders.input);
  const reports: FileReport[] = [];
  for (const name of names) {
    if (signal?.aborted) {
      reports.push({ file: name, status: 'skipped', reason: 'aborted', rows: 0, durationMs: 0 });
      continue;
    }
    const report = (detail: string) =>
      onProgress?.({ stage: 'batch', done: reports.length, total: names.length, detail });
    await reclaim(run.ledger);
    const fileReport = await processFile(join(run.folders.input, name), run, (rowCount) =>
      report(`${name}: ${rowCount} rows`),
    );
    reports.push(fileReport);
    report(`${name}: ${fileReport.status}`);
  }
  return reports;
}

/** Put right what processes left behind that were killed. */
async function reclaim(ledger: BatchLedger): Promise<void> {
  for (const leftover of ledger.reclaimLeases()) await rm(leftover, { force: true });
}

function processName(): string {
  const { host, pid } = currentProcess();
  return `${host}:${pid}`;
}
