import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LedgerUnusableError } from './errors.ts';

const ledgerVersion = 1;

/** How long a write waits for another process's: each of them takes milliseconds. */
const busyTimeoutMs = 30_000;

/**
 * One row a file identity and model. A row in state `scoring` has a lease and its output path is
 * taken; a `scored` one may have a lease while its input is archived. `lease_holder` is JSON.
 */
const schema = `
  CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ns TEXT NOT NULL,
    digest TEXT NOT NULL,
    model TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'scoring', 'scored', 'archived', 'failed')),
    attempts INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    row_count INTEGER,
    output_path TEXT,
    archive_path TEXT,
    error_code TEXT,
    error_message TEXT,
    lease_token TEXT,
    lease_holder TEXT,
    lease_expires_at INTEGER,
    UNIQUE (path, digest, size_bytes, mtime_ns, model)
  ) STRICT;
  CREATE INDEX file_by_lease ON file (lease_token) WHERE lease_token IS NOT NULL;
`;

/**
 * Open the ledger's SQLite file, made when it is not there.
 *
 * @throws {LedgerUnusableError}
 */
export function openLedgerDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const opened = new DatabaseSync(path, { timeout: busyTimeoutMs });
    database = opened;
    checkNotForeign(opened);
    opened.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    inTransaction(opened, () => {
      const version = readVersion(opened);
      if (version === 0) opened.exec(`${schema} PRAGMA user_version = ${ledgerVersion};`);
      else if (version !== ledgerVersion) {
        throw new Error(`its version is ${version}, this program knows ${ledgerVersion}`);
      }
    });
    return opened;
  } catch (cause) {
    database?.close();
    throw new LedgerUnusableError(path, cause);
  }
}

/** Do `work` all or nothing, with no other writer in between. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  // A plain BEGIN takes the write lock only at the first write, and then fails where it should wait.
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** A ledger has its tables and its version from one step; nothing of another program's file is changed. */
function checkNotForeign(database: DatabaseSync): void {
  const { tables, version } = database
    .prepare(
      `SELECT (SELECT count(*) FROM sqlite_schema) AS tables,
         (SELECT user_version FROM pragma_user_version) AS version`,
    )
    .get() as { tables: number; version: number };
  if (version === 0 && tables > 0) throw new Error('it is a database of another program');
}

function readVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()!['user_version']);
}
