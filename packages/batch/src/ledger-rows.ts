import type { DatabaseSync } from 'node:sqlite';
import type { FileIdentity } from './file-identity.ts';
import { type ProcessIdentity, hasEnded } from './process-identity.ts';

/** The columns of the ledger's table that decisions are made on. */
export interface LedgerRow {
  readonly id: number;
  readonly path: string;
  readonly state: 'waiting' | 'scoring' | 'scored' | 'archived' | 'failed';
  readonly output_path: string | null;
  readonly archive_path: string | null;
  readonly lease_token: string | null;
  readonly lease_holder: string | null;
  readonly lease_expires_at: number | null;
}

/** Rows that someone holds a lease on, running or not. */
export function findLeasedRows(database: DatabaseSync): LedgerRow[] {
  return rows(
    database.prepare('SELECT * FROM file WHERE lease_token IS NOT NULL ORDER BY id').all(),
  );
}

/** The row of exactly that file and model. */
export function findRow(
  database: DatabaseSync,
  identity: FileIdentity,
  model: string,
): LedgerRow | undefined {
  return rows(
    database
      .prepare(
        `SELECT * FROM file WHERE path = :path AND digest = :digest AND size_bytes = :sizeBytes
           AND mtime_ns = :mtimeNs AND model = :model`,
      )
      .all({ ...identity, model }),
  )[0];
}

/** Rows of that path whose scoring was begun and neither finished nor failed. */
export function findUnfinishedRows(database: DatabaseSync, path: string): LedgerRow[] {
  return rows(
    database
      .prepare(`SELECT * FROM file WHERE path = ? AND state IN ('waiting', 'scoring')`)
      .all(path),
  );
}

/** The row of a lease, unless whoever took the lease over has removed it. */
export function rowById(database: DatabaseSync, id: number): LedgerRow | undefined {
  return rows(database.prepare('SELECT * FROM file WHERE id = ?').all(id))[0];
}

/** Whether a file that is not finished yet is going to take a path. */
export function isPathReserved(database: DatabaseSync, path: string): boolean {
  const found = database
    .prepare(
      `SELECT 1 FROM file WHERE (output_path = :path AND state IN ('waiting', 'scoring'))
         OR (archive_path = :path AND state = 'scored')`,
    )
    .get({ path });
  return found !== undefined;
}

/** Whether nobody works under the row's lease any more. */
export function isLeaseOver(row: LedgerRow, self: ProcessIdentity, now: number): boolean {
  const holder = JSON.parse(row.lease_holder!) as ProcessIdentity;
  return row.lease_expires_at! <= now || hasEnded(holder, self);
}

function rows(found: unknown): LedgerRow[] {
  return found as LedgerRow[];
}
