import { openCsv } from '@gnu-mlops/data';
import type { RowPredictor } from '@gnu-mlops/predictor';
import { FileChangedError } from './errors.ts';
import { type FileIdentity, isUnchanged } from './file-identity.ts';
import { formatHeader } from './format-header.ts';
import { formatScoredRows } from './format-scored-rows.ts';
import type { BatchLedger, Claim } from './ledger.ts';
import { type OutputFile, createOutputFile } from './output-file.ts';
import { type PredictionColumns, namePredictionColumns } from './prediction-columns.ts';
import { readTextStyle } from './text-style.ts';

/** A file that was claimed, and what to score it with. */
export interface ScoringJob {
  readonly identity: FileIdentity;
  readonly claim: Extract<Claim, { kind: 'score' }>;
  readonly ledger: BatchLedger;
  readonly predictor: RowPredictor;
  /** Rows scored, and held in memory, at a time. */
  readonly batchRows: number;
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
): Promise<{ rowCount: number; columns: PredictionColumns }> {
  const { identity, claim, ledger, predictor } = job;
  const { model } = predictor;
  const csv = await openCsv(identity.path, {
    signature: model.signature.inputs,
    batchRows: job.batchRows,
  });
  let output: OutputFile | undefined;
  let rowCount = 0;
  let renewedAt = job.now();
  try {
    const { byteOrderMark, lineEnding } = await readTextStyle(identity.path, csv.headerBytes);
    const format = { delimiter: csv.delimiter, lineEnding };
    const columns = namePredictionColumns(csv.header, model.task);
    output = await createOutputFile(claim.outputPath, claim.lease.token);
    await output.write(byteOrderMark);
    await output.write(formatHeader(csv.headerBytes, columns, format));
    for await (const chunk of csv) {
      job.signal?.throwIfAborted();
      const predictions = predictor.predictTable(chunk.table);
      const timestamp = new Date(job.now()).toISOString();
      await output.write(formatScoredRows(chunk.rawRows, predictions, { ...format, timestamp }));
      rowCount += chunk.rawRows.length;
      if (job.now() - renewedAt >= job.renewAfterMs) {
        ledger.renew(claim.lease);
        renewedAt = job.now();
      }
      job.onRows(rowCount);
    }
    job.signal?.throwIfAborted();
    await output.finish();
    if (!(await isUnchanged(identity))) throw new FileChangedError(identity.path);
    ledger.recordScored(claim.lease, { rowCount, publish: output.publish });
    return { rowCount, columns };
  } finally {
    await csv.close();
    await output?.discard();
  }
}
