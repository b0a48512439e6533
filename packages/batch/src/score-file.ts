import { type TableExtension, extendTable } from '@gnu-mlops/data';
import type { RowPredictor } from '@gnu-mlops/predictor';
import { addedColumns, noAddedRows } from './added-columns.ts';
import { FileChangedError } from './errors.ts';
import { type FileIdentity, isUnchanged } from './file-identity.ts';
import type { BatchLedger, Claim } from './ledger.ts';
import { createOutputFile } from './output-file.ts';
import { freePredictions, freeTable } from './free-memory.ts';
import { scoreInOrder } from './score-in-order.ts';
import type { ScoringThreads } from './scoring-threads.ts';
import { type PredictionColumns, namePredictionColumns } from './prediction-columns.ts';

/** A file that was claimed, and what to score it with. */
export interface ScoringJob {
  readonly identity: FileIdentity;
  readonly claim: Extract<Claim, { kind: 'score' }>;
  readonly ledger: BatchLedger;
  readonly predictor: RowPredictor;
  readonly threads: ScoringThreads;
  /** Rows scored at a time. */
  readonly batchRows: number;
  /** Digits behind the point of added numbers; undefined: as many as they need. */
  readonly decimals: number | undefined;
  readonly memoryLimitBytes: number | undefined;
  readonly now: () => number;
  /** The lease is renewed when this long has passed since it was last. */
  readonly renewAfterMs: number;
  /** Told the rows scored so far, after each chunk. */
  readonly onRows: (rowCount: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Score a waiting file chunk by chunk into a temporary file, and make that visible, once it is whole
 * and on the disk, in one step with the ledger's note.
 *
 * @throws {FileChangedError} when the input was written to meanwhile.
 * @throws {LeaseLostError} when another process has taken the file over.
 * @throws {OutputWriteError}
 * @throws the reader's and the predictor's errors, and the signal's reason on abort. In each case
 *   nothing of the output remains.
 */
export async function scoreFile(
  job: ScoringJob,
): Promise<{ rowCount: number; columns: PredictionColumns; outputPath: string }> {
  const { identity, claim, ledger, predictor, threads } = job;
  const { model } = predictor;
  const output = await createOutputFile(claim.outputPath, claim.lease.token);
  let file: TableExtension | undefined;
  let rowCount = 0;
  let renewedAt = job.now();
  try {
    file = await extendTable(identity.path, output, {
      signature: model.signature.inputs,
      ...{ batchRows: job.batchRows, decimals: job.decimals, signal: job.signal },
      memoryLimitBytes: job.memoryLimitBytes,
    });
    const columns = namePredictionColumns(file.header, model.task);
    for await (const predictions of scoreInOrder(file, { predictor, threads })) {
      job.signal?.throwIfAborted();
      const added = addedColumns(predictions, columns, job.now());
      await file.write(added);
      rowCount += predictions.rowCount;
      freeTable(added);
      freePredictions(predictions);
      if (job.now() - renewedAt >= job.renewAfterMs) {
        ledger.renew(claim.lease);
        renewedAt = job.now();
      }
      job.onRows(rowCount);
    }
    job.signal?.throwIfAborted();
    if (rowCount === 0) await file.write(noAddedRows(model.task, columns));
    await file.finish();
    await output.finish();
    if (!(await isUnchanged(identity))) throw new FileChangedError(identity.path);
    const existing = claim.isInherited ? 'replace' : 'keep';
    const outputPath = ledger.recordScored(claim.lease, {
      rowCount,
      publish: (path) => output.publish(path, existing),
    });
    return { rowCount, columns, outputPath };
  } finally {
    await file?.close();
    await output.discard();
  }
}
