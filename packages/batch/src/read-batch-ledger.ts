import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { LedgerUnusableError } from './errors.ts';

/** What the ledger says about one file and model. */
export interface BatchLedgerEntry {
  /** Absolute path where the file waited. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Hex SHA-256 of the content; empty for a file that could not be read. */
  readonly digest: string;
  /** As in the batch report. */
  readonly model: string;
  readonly state: 'waiting' | 'scoring' | 'scored' | 'archived' | 'failed';
  /** How often scoring was begun. */
  readonly attempts: number;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
  readonly rowCount?: number;
  readonly outputPath?: string;
  readonly archivePath?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/**
 * Every file that a ledger knows, in the order in which they were first seen. Changes nothing, and
 * may be called while batches run.
 *
 * @throws {LedgerUnusableError} also when there is no ledger at that path.
 */
export function readBatchLedger(ledgerPath: string): BatchLedgerEntry[] {
  if (!existsSync(ledgerPath)) throw new LedgerUnusableError(ledgerPath, 'there is no such file');
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(ledgerPath, { readOnly: true });
    const entries = database
      .prepare(
        `SELECT path, size_bytes AS sizeBytes, digest, model, state, attempts,
           updated_at AS updatedAt, row_count AS rowCount, output_path AS outputPath,
           archive_path AS archivePath, error_code AS errorCode, error_message AS errorMessage
         FROM file ORDER BY id`,
      )
      .all();
    return entries.map(
      (entry) =>
        Object.fromEntries(
          Object.entries(entry).filter(([, value]) => value !== null),
        ) as unknown as BatchLedgerEntry,
    );
  } catch (cause) {
    throw new LedgerUnusableError(ledgerPath, cause);
  } finally {
    database?.close();
  }
}
